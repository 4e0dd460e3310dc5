"""Whether code is complete: what the kernel says of it, and a guess where it cannot be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from tui.view.editor.indentation import indentation_after, indentation_of

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from tui.render.languages import Language

_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Complete:
    """It is to be run: complete, or so wrong that more of it does not help."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """It goes on in another line."""

    indent: str | None
    """What that line begins with; None where nobody says."""


Completeness: TypeAlias = Complete | Incomplete


def said(content: JsonObject) -> Completeness:
    """What an `is_complete_reply` says; a kernel that does not know has it run."""
    if content.get("status") != "incomplete":
        return Complete()
    indent = content.get("indent")
    is_indent = isinstance(indent, str) and not indent.strip(" \t")
    return Incomplete(indent if is_indent and isinstance(indent, str) else None)


def guessed(code: str, language: Language) -> Completeness:
    """By brackets and indentation: while the kernel works, it does not answer."""
    lines = code.split("\n")
    last = lines[-1]
    if len(lines) > 1 and not last.strip():
        return Complete()
    deeper = len(indentation_after(last, language)) > len(indentation_of(last))
    if deeper or (len(lines) > 1 and indentation_of(last)) or _is_open(code):
        return Incomplete(None)
    return Complete()


def _is_open(code: str) -> bool:
    """Whether more brackets are opened than closed, not counting those in simple strings."""
    depth = 0
    quote = ""
    for character in code:
        if quote:
            if character in (quote, "\n"):
                quote = ""
        elif character in "\"'":
            quote = character
        elif character in _BRACKETS.values():
            depth += 1
        elif character in _BRACKETS:
            depth -= 1
    return depth > 0
