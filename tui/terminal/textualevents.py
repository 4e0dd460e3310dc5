"""Turns what a terminal sends into the messages that Textual's apps and widgets know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual import events, messages
from textual.message import Message

from tui.terminal.inputs import FocusReport, KeyPress, MouseReport, Pasted, Reply, TerminalInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.terminal.inputs import AltOrEscape

_SHIFT: Final = 4
_META: Final = 8
_CTRL: Final = 16
_MOTION: Final = 32
_WHEEL: Final = 64
_FURTHER_BUTTONS: Final = 128

_WHEEL_EVENTS: Final = (
    events.MouseScrollUp,
    events.MouseScrollDown,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)
_SYNCHRONIZED_OUTPUT: Final = re.compile(r"\x1b\[\?2026;[123]\$y")
"""The terminal knows mode 2026, in whichever state (DECRPM: 0 is unknown, 4 can never be set)."""


class TerminalReplied(Message):
    """The terminal sent a control sequence or string that is no input: an answer, or something not known."""

    def __init__(self, sequence: str) -> None:
        super().__init__()
        self.sequence = sequence


class AltKeys(events.Event):
    """Keys with alt, or Esc and those keys; which of both is told when it is taken."""

    def __init__(self, given: AltOrEscape) -> None:
        super().__init__()
        self._given = given

    def keys(self, claims_alt: Callable[[str], bool]) -> list[events.Key]:
        """What it is, as `claims_alt` tells of a key such as "alt+b" whether it means something now."""
        read = self._given.read(claims_alt)
        return [events.Key(key.name, key.character) for key in read if isinstance(key, KeyPress)]


class TextualEvents:
    """Makes the messages of one terminal; it remembers where the mouse was."""

    def __init__(self) -> None:
        self._mouse = (0, 0)

    def message(self, given: TerminalInput) -> Message | None:
        """The message that tells Textual of `given`; None where there is nothing to tell."""
        match given:
            case KeyPress(name, character):
                return events.Key(name, character)
            case Pasted(text):
                return events.Paste(text)
            case MouseReport():
                return self._mouse_event(given)
            case FocusReport(gained):
                return events.AppFocus() if gained else events.AppBlur()
            case Reply(sequence):
                if _SYNCHRONIZED_OUTPUT.fullmatch(sequence):
                    return messages.TerminalSupportsSynchronizedOutput()
                return TerminalReplied(sequence)

    def _mouse_event(self, report: MouseReport) -> Message | None:
        bits = report.buttons
        if bits >= _FURTHER_BUTTONS:  # "back" and "forward", for which Textual has no word
            return None
        button = (bits + 1) & 3
        if bits & _WHEEL:
            kind: type[events.MouseEvent] = _WHEEL_EVENTS[bits & 3]
            button = 0
        elif bits & _MOTION or button == 0:
            kind = events.MouseMove
        else:
            kind = events.MouseDown if report.pressed else events.MouseUp
        last_column, last_row = self._mouse
        self._mouse = (report.column, report.row)
        return kind(
            None,
            report.column,
            report.row,
            report.column - last_column,
            report.row - last_row,
            button,
            bool(bits & _SHIFT),
            bool(bits & _META),
            bool(bits & _CTRL),
            screen_x=report.column,
            screen_y=report.row,
        )
