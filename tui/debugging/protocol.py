"""What a debugger answers, as values (Debug Adapter Protocol, and what Jupyter adds to it).

What is missing or of another type reads as its empty value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kernelbridge.keeper.jsontypes import object_in, text_in, whole_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kernelbridge.outputs import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Frame:
    """A call that has not returned."""

    id: int
    name: str
    path: str
    """Of the file, or of what stands for a cell."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A group of variables of a frame."""

    name: str
    reference: int
    is_costly: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A variable in a frame, or a part of one; no text is sanitized."""

    name: str
    type_name: str
    value: str
    reference: int
    """By which its parts are asked for; 0 where it has none."""


@dataclass(frozen=True, slots=True)
class DebuggerInfo:
    """How it is with a debugger that somebody may have started (`debugInfo`)."""

    is_started: bool
    stopped_threads: tuple[int, ...]
    breakpoints: Mapping[str, tuple[int, ...]]
    """By path, the lines from 1."""


def frames_of(body: JsonObject) -> tuple[Frame, ...]:
    """Of `stackTrace`, the innermost first."""
    return tuple(
        Frame(
            whole_in(each, "id") or 0,
            text_in(each, "name"),
            text_in(object_in(each, "source"), "path"),
            whole_in(each, "line") or 0,
        )
        for each in _objects(body.get("stackFrames"))
    )


def scopes_of(body: JsonObject) -> tuple[Scope, ...]:
    """Of `scopes`."""
    return tuple(
        Scope(text_in(each, "name"), whole_in(each, "variablesReference") or 0, each.get("expensive") is True)
        for each in _objects(body.get("scopes"))
    )


def held_of(body: JsonObject) -> tuple[Held, ...]:
    """Of `variables`."""
    return tuple(
        Held(
            text_in(each, "name"),
            text_in(each, "type"),
            text_in(each, "value"),
            whole_in(each, "variablesReference") or 0,
        )
        for each in _objects(body.get("variables"))
    )


def result_of(expression: str, body: JsonObject) -> Held:
    """Of `evaluate`."""
    return Held(
        expression, text_in(body, "type"), text_in(body, "result"), whole_in(body, "variablesReference") or 0
    )


def info_of(body: JsonObject) -> DebuggerInfo:
    """Of `debugInfo`."""
    threads = body.get("stoppedThreads")
    listed = threads if isinstance(threads, list) else ()
    stopped = tuple(each for each in listed if isinstance(each, int) and not isinstance(each, bool))
    breakpoints = {
        text_in(each, "source"): tuple(
            line for point in _objects(each.get("breakpoints")) if (line := whole_in(point, "line"))
        )
        for each in _objects(body.get("breakpoints"))
    }
    return DebuggerInfo(body.get("isStarted") is True, stopped, breakpoints)


def _objects(value: JsonValue) -> list[JsonObject]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
