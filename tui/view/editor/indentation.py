"""How deep a line should stand, by the rules of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tui.render.languages import Language
from tui.view.editor.layout import TextLayout
from tui.view.editor.measuring import TAB_STOP

_FIRST_WORD: Final = re.compile(r"\s*(\w*)")

_OPENING: Final = {")": "(", "]": "[", "}": "{"}
"""The bracket that each closing one needs at the end of the line that it goes back to."""


def indentation_of(line: str) -> str:
    """The spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def indentation_after(line: str, language: Language) -> str:
    """The indentation for the line that follows `line`."""
    indentation = indentation_of(line)
    code = _code_of(line, language)
    if _opens_block(code, language):
        return indentation + language.indent
    if _first_word(code) in language.leaves:
        return shallower(indentation, language.indent)
    return indentation


def reindented(layout: TextLayout, line: int, before_cursor: str, language: Language) -> str:
    """What stands before the cursor in a line, a level less deep when it is all that closes a block.

    Only a line as deep as the one above asked for is moved; one that was put in its place stays there.
    """
    closing = before_cursor.strip()
    indentation = indentation_of(before_cursor)
    if closing not in language.closes or not _follows_on(layout, line, indentation, language):
        return before_cursor
    depth = len(indentation)
    outer = (above for above in _filled_lines_above(layout, line) if len(indentation_of(above)) < depth)
    opening = _code_of(next(outer, ""), language)
    if not _opens_block(opening, language) or not opening.endswith(_OPENING.get(closing, "")):
        return before_cursor
    return shallower(indentation, language.indent) + closing


def shallower(indentation: str, unit: str) -> str:
    """An indentation one level less deep: without its last tab, or back to the last stop of spaces."""
    if indentation.endswith("\t"):
        return indentation[:-1]
    spaces = len(indentation) - len(indentation.rstrip(" "))
    size = TAB_STOP if unit == "\t" else len(unit)
    return indentation[: len(indentation) - min((spaces - 1) % size + 1, spaces)]


def _follows_on(layout: TextLayout, line: int, indentation: str, language: Language) -> bool:
    """Whether a line goes on with the block of the one above, which did not end it."""
    above = next(_filled_lines_above(layout, line), "")
    return indentation_after(above, language) == indentation and _first_word(above) not in language.leaves


def _filled_lines_above(layout: TextLayout, line: int) -> Iterator[str]:
    """The lines above one that are not blank, upwards."""
    lines = (layout.line_text(above) for above in range(line - 1, -1, -1))
    return (text for text in lines if text.strip())


def _opens_block(code: str, language: Language) -> bool:
    if any(_ends_with(code, word) for word in language.opens_after):
        return True
    return _first_word(code) in language.opens_with and not any(
        _ends_with(code, word) for word in language.closes
    )


def _ends_with(code: str, word: str) -> bool:
    """Whether code ends with a sign or a whole word."""
    if not code.endswith(word):
        return False
    before = code[: -len(word)][-1:]
    return not (word[0].isalnum() and (before.isalnum() or before == "_"))


def _first_word(code: str) -> str:
    found = _FIRST_WORD.match(code)
    return found[1] if found else ""


def _code_of(line: str, language: Language) -> str:
    """The line up to its comment or last sign; in a string of up to 500 characters, no comment begins."""
    if language.comment is None or language.comment not in line:
        return line.rstrip()
    tokens = re.compile(
        r'"(?:\\.|[^"\\]){0,500}"' r"|'(?:\\.|[^'\\]){0,500}'" rf"|(?P<comment>{re.escape(language.comment)})"
    )
    for token in tokens.finditer(line):
        if token.lastgroup == "comment":
            return line[: token.start()].rstrip()
    return line.rstrip()
