"""What the console says of itself, of the kernel and of the line to it: a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.state import (
    Busy,
    Dead,
    Idle,
    KernelInfo,
    KernelState,
    Missing,
    NoKernel,
    Restarting,
    Starting,
)
from kernelbridge.transports.base import (
    Connected,
    Connecting,
    Interrupted,
    LineState,
    LoggedOut,
    Severed,
)
from tui.render.rows import Role

if TYPE_CHECKING:
    from kernelbridge.keeperframes import Attached, KernelIdentity
    from kernelbridge.session import Session

Notice = tuple[str, Role]


def greeting(info: KernelInfo, identity: KernelIdentity) -> Notice:
    """Which kernel it is, once that is known."""
    language = f"{info.language} {info.language_version}".strip()
    parts = (identity.name, language, identity.environment)
    kernel = " · ".join(dict.fromkeys(part for part in parts if part))
    return f"{kernel} · :help says what keys do, ctrl+d leaves", Role.MUTED


def of_kernel(before: KernelState, state: KernelState) -> Notice | None:
    """What is to be said of a change of its state."""
    match state:
        case Dead(reason=reason):
            why = f" ({reason})" if reason else ""
            return f"The kernel is dead{why}. :restart starts another one.", Role.ERROR
        case Missing(name=name, hint=hint):
            return f"There is no kernel {name!r} here. {hint}", Role.ERROR
        case Restarting():
            return "The kernel restarts: variables are lost.", Role.WARNING
        case NoKernel() if not isinstance(before, Starting):
            return "The kernel was shut down. :restart starts another one.", Role.WARNING
        case _:
            return None


def of_line(before: LineState, state: LineState) -> Notice | None:
    """What is to be said of the line to the keeper; while it is tried again and again, once."""
    match state:
        case Interrupted(reason=reason) if not isinstance(before, Interrupted):
            why = f" ({reason})" if reason else ""
            return f"The line to the kernel is lost{why}; it is tried again. What runs goes on.", Role.WARNING
        case Connected() if isinstance(before, Interrupted | LoggedOut):
            return "The line to the kernel is back.", Role.OK
        case LoggedOut(reason=reason):
            return f"The line to the kernel needs you to log in ({reason}): type :login", Role.WARNING
        case Severed(reason=reason) if reason:
            return f"The line to the kernel is gone: {reason}", Role.ERROR
        case _:
            return None


def of_silence(session: Session) -> Notice:
    """What is to be said where the keeper answers no more, or again."""
    if not session.is_silent:
        return "The keeper of the kernel answers again.", Role.OK
    keeper = session.identity.keeper
    helps = f" tnb stop {keeper} ends it and its kernel." if keeper else ""
    return f"The keeper of the kernel does not answer.{helps}", Role.WARNING


def described(state: KernelState, line: LineState, identity: KernelIdentity) -> str:
    """What `:kernel` says first."""
    where = f" on {identity.host}" if identity.host else ""
    pid = f", process {identity.pid}" if identity.pid is not None else ""
    notebook = f", of {identity.notebook}" if identity.notebook else ""
    is_off = "" if isinstance(line, Connected | Connecting) else " (as last heard)"
    return f"{identity.name or 'kernel'}{where}{pid}{notebook}: {_state_word(state)}{is_off}"


def attached_line(frontend: Attached) -> str:
    """One of those who use the kernel."""
    where = f" on {frontend.host}" if frontend.host else ""
    you = ", this console" if frontend.is_this else ""
    return f"  {frontend.name} {frontend.pid}{where}{you}"


def _state_word(state: KernelState) -> str:
    match state:
        case Idle():
            return "idle"
        case Busy():
            return "busy"
        case Starting():
            return "starting"
        case Restarting():
            return "restarting"
        case Dead(reason=reason):
            return f"dead ({reason})"
        case _:
            return "there is none"
