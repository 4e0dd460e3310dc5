"""A notebook opened in a terminal, paged through and closed, or printed; and what that cost and sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from e2e import keys
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.terminal import ALTERNATE_SCREEN, Terminal

SHOWN: Final = b"\x1b[>4;1m"
"""What is sent once the screen takes keys."""
MOST_PAGES: Final = 8
"""From the beginning and before the end."""
MOST_SECONDS: Final = 3.0
"""Of processor time for one, of tnb and its workers, from the start until it was paged through."""
MOST_MEMORY: Final = 300 << 20
"""Bytes that they take at most, together."""
TRACES: Final = Path("/tmp")


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of it."""

    status: int
    """How the program ended."""
    is_shown: bool
    """Whether the notebook was on screen, or refused."""
    sent: Sent
    text: str
    """What was on the screen last."""
    seconds: float
    """Of processor time, of the program and its workers, from its start until it was paged through."""
    peak: int
    """Bytes that they took at most, together."""


def visit(open_tnb: OpenTnb, path: Path, *arguments: str) -> Visit:
    """Open a notebook without a kernel, page through it from both ends, and quit."""
    terminal = open_tnb(f"./{path.name}", "--no-kernel", *arguments, cwd=path.parent)
    terminal.wait_until(lambda: terminal.process.poll() is not None or SHOWN in terminal.raw, "the notebook")
    if terminal.process.poll() is not None:
        return _visited(terminal, 0.0, 0, is_shown=False)
    for key in [*[keys.PAGE_DOWN] * MOST_PAGES, "l", "o", "j", "o", "G", *["k"] * 4, "gg", "G"]:
        terminal.send(key)
        terminal.draw_for(0.01)
    terminal.wait_quiet(0.15)
    seconds, peak = costs(terminal.family())
    leave(terminal)
    return _visited(terminal, seconds, peak, is_shown=True)


def assert_harmless(came: Visit, name: str, most_seconds: float = MOST_SECONDS) -> None:
    """It was shown or refused, and nothing got out, ended the program or cost much."""
    assert came.sent.foreign == [], name
    assert came.sent.copied == [], name
    assert came.sent.is_restored, (name, came.sent.modes)
    assert came.status == (0 if came.is_shown else 1), (name, came.text)
    assert came.is_shown or came.text.startswith("tnb: "), (name, came.text)
    assert "Traceback" not in came.text, name
    assert came.seconds < most_seconds, (name, came.seconds)
    assert came.peak < MOST_MEMORY, (name, came.peak >> 20)
    assert list(TRACES.glob("tnbCANARY*")) == []


def leave(terminal: Terminal) -> None:
    """Quit, whatever is open, discarding changes."""
    terminal.send(keys.ESCAPE)
    terminal.draw_for(0.05)
    terminal.send(keys.CTRL_Q)
    terminal.wait_until(
        lambda: terminal.process.poll() is not None or "esc back" in terminal.text, "it to end"
    )
    if terminal.process.poll() is None:
        terminal.send("dq")
    terminal.wait_exit()


def costs(family: list[psutil.Process]) -> tuple[float, int]:
    """Seconds of processor time and bytes at most, of processes together."""
    seconds, peak = 0.0, 0
    for one in family:
        try:
            times = one.cpu_times()
            peak += _peak(one)
        except (psutil.Error, OSError):
            continue
        seconds += times.user + times.system + times.children_user + times.children_system
    return seconds, peak


def _peak(process: psutil.Process) -> int:
    """The most that a process ever took, where the system tells, else what it takes now."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except FileNotFoundError:
        return process.memory_info().rss
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) << 10 if found else 0


def _visited(terminal: Terminal, seconds: float, peak: int, *, is_shown: bool) -> Visit:
    status = terminal.wait_exit()
    raw = bytes(terminal.raw)
    assert (ALTERNATE_SCREEN in raw) is is_shown
    return Visit(status, is_shown, Sent(raw), terminal.text, seconds, peak)
