"""How deep a line should stand, by the rules of its language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.render.languages import Language
from tui.view.editor.layout import TextLayout

_FIRST_WORD = re.compile(r"\s*(\w*)")


def indentation_of(line: str) -> str:
    """The spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def indentation_after(line: str, language: Language) -> str:
    """The indentation for the line that follows `line`."""
    indentation = indentation_of(line)
    code = _without_comment(line, language).rstrip()
    if _opens_block(code, language):
        return indentation + language.indent
    if _first_word(code) in language.leaves:
        return shallower(indentation, language.indent)
    return indentation


def reindented(layout: TextLayout, line: int, before_cursor: str, language: Language) -> str:
    """What stands before the cursor in a line, a level less deep when that closes a block.

    Only a line as deep as the one above asked for is moved, so that one that was put in its place stays there.
    """
    code = before_cursor.strip()
    if not _is_word_of(language.closes, code, at_start=True):
        return before_cursor
    above = next((text for text in _lines_above(layout, line) if text.strip()), "")
    indentation = indentation_of(before_cursor)
    if _first_word(above) in language.leaves or indentation_after(above, language) != indentation:
        return before_cursor
    return shallower(indentation, language.indent) + before_cursor[len(indentation) :]


def shallower(indentation: str, unit: str) -> str:
    """An indentation one level less deep: without its last tab, or back to the last stop of spaces."""
    if indentation.endswith("\t"):
        return indentation[:-1]
    spaces = len(indentation) - len(indentation.rstrip(" "))
    size = 1 if unit == "\t" else len(unit)
    return indentation[: len(indentation) - min((spaces - 1) % size + 1, spaces)]


def _lines_above(layout: TextLayout, line: int) -> Iterable[str]:
    return (layout.line_text(above) for above in range(line - 1, -1, -1))


def _opens_block(code: str, language: Language) -> bool:
    if _is_word_of(language.opens_after, code, at_start=False):
        return True
    return _first_word(code) in language.opens_with and not _is_word_of(language.closes, code, at_start=False)


def _is_word_of(words: Iterable[str], code: str, *, at_start: bool) -> bool:
    """Whether code begins or ends with one of the words; letters only count as a whole word."""
    for word in words:
        if at_start and code.startswith(word):
            beside = code[len(word) : len(word) + 1]
            inner = word[-1]
        elif not at_start and code.endswith(word):
            beside = code[: -len(word)][-1:]
            inner = word[0]
        else:
            continue
        if not (inner.isalnum() and (beside.isalnum() or beside == "_")):
            return True
    return False


def _first_word(code: str) -> str:
    found = _FIRST_WORD.match(code)
    return found[1] if found else ""


def _without_comment(line: str, language: Language) -> str:
    """The line up to its comment; the comment's sign in a string of up to 500 characters is none."""
    if language.comment is None or language.comment not in line:
        return line
    tokens = re.compile(
        r'"(?:\\.|[^"\\]){0,500}"' r"|'(?:\\.|[^'\\]){0,500}'" rf"|(?P<comment>{re.escape(language.comment)})"
    )
    for token in tokens.finditer(line):
        if token.lastgroup == "comment":
            return line[: token.start()]
    return line
