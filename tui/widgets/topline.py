"""The line at the top: file, unsaved mark, kernel, environment, host, state, place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from kernelbridge.state import Busy, Dead, Idle, KernelState, Missing, NoKernel, Restarting, Starting
from kernelbridge.transports.base import Interrupted, LineState, LoggedOut, Severed
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

_NAME = Style(Role.HEADING, bold=True)
_MUTED = Style(Role.MUTED)


@dataclass(frozen=True, slots=True)
class Status:
    """All that the line tells."""

    name: str
    modified: bool
    note: str
    """Why the notebook cannot be saved as it is, or that it is new; empty otherwise."""
    kernel: tuple[str, ...]
    """Kernel, environment, host: what is known of them."""
    state: KernelState
    line: LineState
    """How it is with the line to the kernel's keeper."""
    queued: int
    """Runs that wait."""
    place: int
    """The focused cell, from 1."""
    count: int
    away: str = ""
    """Why the kernel's server is out of reach; empty where it is not."""
    kernel_title: str = ""
    """What people call the kernel: shown in place of its name where there is room."""
    is_silent: bool = False
    """Whether the kernel's keeper does not answer."""


@lru_cache(maxsize=4)  # most keys change nothing of it
def top_row(status: Status, width: int) -> Row:
    """The line at a width: the middle gives way first, then the name is cut."""
    state = _shortened(_state(status), max(16, width // 2))
    right = (*state, *text_row(f"  {status.place}/{status.count} ", _MUTED))
    mark = text_row(" ●", Style(Role.WARNING)) if status.modified else ()
    note = text_row(f"  {clean(status.note)}", Style(Role.WARNING)) if status.note else ()
    name = text_row(f" {clean(status.name)}", _NAME)
    room = width - row_width(right)
    name = _shortened(name, max(4, room - row_width(mark) - 1))
    left = (*name, *mark)
    if row_width(left) + row_width(note) + 2 <= room:
        left = (*left, *note)
    for kernel in _kernel_rows(status):
        if row_width(left) + row_width(kernel) + 2 <= room:
            left = (*left, *kernel)
            break
    filler = text_row(" " * max(0, room - row_width(left)), _MUTED)
    return (*left, *filler, *right)


def _kernel_rows(status: Status) -> Iterator[Row]:
    """The kernel, as long as people call it, and as short as it may be."""
    name, *rest = status.kernel or ("",)
    if status.kernel_title:
        yield _kernel_row((status.kernel_title, *(each for each in rest if each not in status.kernel_title)))
    if name or rest:
        yield _kernel_row((name, *rest))


def _kernel_row(parts: Iterable[str]) -> Row:
    return text_row("   " + " · ".join(clean(part) for part in parts), _MUTED)


def _state(status: Status) -> Row:
    text, role = (
        _line_words(status.line)
        or _words_of_keeper(status)
        or _words_of_server(status)
        or _state_words(status.state)
    )
    if status.queued:
        text += f" +{status.queued}"
    return text_row(text, Style(role))


def _line_words(line: LineState) -> tuple[str, Role] | None:
    """What is wrong with the line, which matters more than the state that was heard of last."""
    match line:
        case Interrupted(attempt=attempt) if attempt > 1:
            return "✗ reconnecting", Role.WARNING
        case LoggedOut():
            return "✗ logged out", Role.ERROR
        case Severed(reason=reason) if reason:
            return f"✗ {clean(reason)}", Role.ERROR
        case _:
            return None


def _words_of_keeper(status: Status) -> tuple[str, Role] | None:
    return ("✗ keeper does not answer", Role.ERROR) if status.is_silent else None


def _words_of_server(status: Status) -> tuple[str, Role] | None:
    """What is heard of a kernel's state on a server that is away is old; that it is gone is not."""
    is_gone = isinstance(status.state, NoKernel | Dead | Missing)
    return ("✗ server away", Role.WARNING) if status.away and not is_gone else None


def _state_words(state: KernelState) -> tuple[str, Role]:
    match state:
        case NoKernel():
            return "no kernel", Role.MUTED
        case Starting():
            return "starting", Role.WARNING
        case Idle():
            return "idle", Role.OK
        case Busy():
            return "busy", Role.ACCENT
        case Restarting():
            return "restarting", Role.WARNING
        case Dead(reason=reason):
            return f"✗ kernel died: {clean(reason)}", Role.ERROR
        case Missing(is_installed=True):
            return "✗ kernel cannot be started", Role.ERROR
        case Missing():
            return "✗ no such kernel", Role.ERROR
        case _:
            assert_never(state)


def _shortened(row: Row, width: int) -> Row:
    if row_width(row) <= width:
        return row
    return (*crop(row, 0, width - 1), *text_row("…", row[-1].style))
