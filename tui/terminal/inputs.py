"""What a terminal sends, decoded: key presses, pasted text, mouse and focus reports, replies to questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable


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


@dataclass(frozen=True, slots=True)
class AltOrEscape:
    """ESC and what came with it: keys with alt, or Esc and those, as two presses may arrive as one."""

    with_alt: tuple[KeyPress, ...]
    apart: tuple[TerminalInput, ...]

    def read(self, claims_alt: Callable[[str], bool]) -> tuple[TerminalInput, ...]:
        """The keys with alt where all mean something, told by names such as "alt+b"; else Esc and the rest.

        To be asked when what came before was taken: what it did may have changed what keys mean.
        """
        return self.with_alt if all(claims_alt(key.name) for key in self.with_alt) else self.apart


DecodedInput: TypeAlias = TerminalInput | AltOrEscape
