"""What a terminal sends, decoded: key presses, pasted text, mouse and focus reports, replies to questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class KeyPress:
    """One key, pressed or repeating."""

    name: str
    """In Textual's notation: "a", "A", "question_mark", "ctrl+shift+z"; modifiers in alphabetical order."""
    character: str | None = None
    """The text that the key types: one code point, no control."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text between the marks of a bracketed paste."""

    text: str
    """Lines end in LF; no controls but tab, line feed and form feed."""


@dataclass(frozen=True, slots=True)
class MouseReport:
    """One report of the mouse in SGR form (xterm, "Extended coordinates")."""

    buttons: int
    """The report's own bits: 0-2 button, 4 shift, 8 meta, 16 control, 32 motion, 64 wheel."""
    column: int
    """From 0."""
    row: int
    """From 0."""
    pressed: bool
    """False when a button was let go."""


@dataclass(frozen=True, slots=True)
class FocusReport:
    """The terminal's window gained or lost the keyboard."""

    gained: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A control sequence or string that is none of the others: an answer, or something not known."""

    sequence: str


TerminalInput: TypeAlias = KeyPress | Pasted | MouseReport | FocusReport | Reply
