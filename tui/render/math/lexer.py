r"""Cuts LaTeX into tokens: `\name`, `\` with one character, braces, `^`, `_`, `&`, `'`, `$`, blanks."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from tui.render.width import cell_width, graphemes

_TOKEN: Final = re.compile(
    r"(?P<command>\\(?:[A-Za-z]+|[^A-Za-z]))"
    r"|(?P<comment>%[^\n]*\n?)"
    r"|(?P<blank>\s+)"
    r"|(?P<special>[{}^_&'$])"
    r"|(?P<ascii>[!-~])"
    r"|(?P<others>[^\x00-\x7f]+)",
    re.DOTALL,
)


class TokenKind(Enum):
    """What a token is; what it says is its text."""

    COMMAND = "\\"
    CHARACTER = "character"
    OPEN = "{"
    CLOSE = "}"
    SUPERSCRIPT = "^"
    SUBSCRIPT = "_"
    ALIGN = "&"
    PRIME = "'"
    DOLLAR = "$"
    BLANK = " "
    END = ""


class Token(NamedTuple):
    """A piece of the source."""

    kind: TokenKind
    text: str
    """A command without its backslash; a character with the marks on it; else as written."""


END: Final = Token(TokenKind.END, "")
"""Stands behind the last token."""


def tokens(source: str) -> list[Token]:
    """The tokens of a printable source, comments left out, without one for the end."""
    found: list[Token] = []
    for match in _TOKEN.finditer(source):
        text = match.group()
        match match.lastgroup:
            case "command":
                found.append(Token(TokenKind.COMMAND, text[1:]))
            case "blank":
                found.append(Token(TokenKind.BLANK, " "))
            case "special":
                found.append(Token(TokenKind(text), text))
            case "ascii":
                found.append(Token(TokenKind.CHARACTER, text))
            case "others":
                found += _characters(text)
            case _:
                pass
    if source.endswith("\\") and (not found or found[-1].text != "\\"):
        found.append(Token(TokenKind.COMMAND, ""))
    return found


def _characters(text: str) -> list[Token]:
    pieces = (text[start:end] for start, end, _ in graphemes(text))
    return [
        Token(TokenKind.CHARACTER if cell_width(piece) else TokenKind.BLANK, piece)
        for piece in pieces
        if piece != "\u200c"
    ]
