"""What a keeper's frames tell besides records, as values: which kernel, its state, and who is attached."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from kernelbridge.keeper.jsontypes import JsonObject, object_in, text_in
from kernelbridge.state import Busy, Dead, Idle, KernelState, NoKernel, Restarting, Starting


@dataclass(frozen=True, slots=True)
class KernelIdentity:
    """Which kernel it is, and which keeper's."""

    name: str = ""
    """The kernelspec's."""
    display_name: str = ""
    """What people call it, where its kernelspec says so."""
    environment: str = ""
    """Where it is from, for a person: an environment, a server, another frontend."""
    pid: int | None = None
    connection_file: str | None = None
    debugger: bool = False
    """Whether its kernelspec says that there is one."""
    away: str = ""
    """Why its server is out of reach at the moment, in one line; empty where it is not, or there is none."""
    keeper: str = ""
    """The keeper's id."""
    host: str = ""
    """Where the keeper is."""
    notebook: str | None = None
    """The path of the notebook that the keeper was started for, on its host."""
    formerly: tuple[str, ...] = ()
    """Paths that the notebook had before it was renamed."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A frontend of the keeper."""

    name: str
    pid: int
    host: str
    edits: bool
    """Whether it wants to change the notebook."""
    is_writer: bool
    """Whether it may."""
    is_this: bool
    """Whether it is this one."""


def identity_of(fields: JsonObject, known: KernelIdentity) -> KernelIdentity:
    """What a `welcome` or a `kernel` frame adds to what is known."""
    if "keeper" in fields:
        keeper = object_in(fields, "keeper")
        return replace(
            known,
            keeper=text_in(keeper, "id"),
            host=text_in(keeper, "host"),
            notebook=text_in(keeper, "notebook") or None,
            formerly=_texts_in(keeper, "formerly"),
        )
    kernel = object_in(fields, "kernel")
    pid = kernel.get("pid")
    return replace(
        known,
        name=text_in(kernel, "name"),
        display_name=text_in(kernel, "display_name"),
        environment=text_in(kernel, "environment"),
        pid=pid if isinstance(pid, int) else None,
        connection_file=text_in(kernel, "connection_file") or None,
        debugger=kernel.get("debugger") is True,
        away=text_in(fields, "away"),
    )


def kernel_state_of(fields: JsonObject) -> KernelState:
    """The state that a `kernel` frame tells."""
    state = object_in(fields, "state")
    since = state.get("since")
    match state.get("name"):
        case "starting":
            return Starting()
        case "idle":
            return Idle()
        case "busy":
            passed = time.time() - since if isinstance(since, int | float) else 0.0
            return Busy(time.monotonic() - max(0.0, passed))
        case "restarting":
            return Restarting()
        case "dead":
            log = state.get("log")
            lines = tuple(str(line) for line in log) if isinstance(log, list) else ()
            return Dead(text_in(state, "reason"), lines)
        case _:
            return NoKernel()


def attached_of(fields: JsonObject) -> tuple[Attached, ...]:
    """Who a `frontends` frame says is there."""
    frontends = fields.get("frontends")
    if not isinstance(frontends, list):
        return ()
    return tuple(_attached(cast("JsonObject", each)) for each in frontends if isinstance(each, Mapping))


def _texts_in(fields: JsonObject, key: str) -> tuple[str, ...]:
    value = fields.get(key)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _attached(fields: JsonObject) -> Attached:
    pid = fields.get("pid")
    return Attached(
        text_in(fields, "name"),
        pid if isinstance(pid, int) else 0,
        text_in(fields, "host"),
        fields.get("edits") is True,
        fields.get("writer") is True,
        fields.get("you") is True,
    )
