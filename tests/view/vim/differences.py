"""Where the keys do not leave what vim 9.0 leaves, and why that is so."""

from __future__ import annotations

from typing import Final


def _in(texts: tuple[str, ...], *keys: str) -> tuple[tuple[str, str], ...]:
    return tuple((text, each) for text in texts for each in keys)


DIFFERENT: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "joining lines by :s leaves the cursor in the line, not at the last of the joints": (
        *_in(("prose", "code", "wide"), ":%s/\\n//<cr>"),
        ("wide", ":%s/\\n//c<cr>ny<esc>"),
        ("one line", ":%s/\\n//c<cr>yq"),
    ),
    "what :s asked for is one step to undo": _in(
        ("prose", "code"), ":%s/e/X/gc<cr>ynynyqu", ":%s/e/X/gc<cr>ynynyqu<c-r>"
    ),
    "from a match that :s asked for, j keeps to its column": (("wide", ":s/e/X/gc<cr>qj&"),),
    "brackets count wherever they are: those in strings, too": _in(("code",), "[{", "]}", "va(a(d"),
    "what a register holds is put in as it is, without indenting its lines": _in(("code",), 'yyi<c-r>"<esc>'),
    "sentences, as objects, are those of one paragraph": (
        *_in(("code", "wide", "one line", "blank lines"), "d2is", "d2as"),
        *_in(("wide", "blank lines"), "dis", "das"),
        *_in(("blank lines",), "cisX<esc>", "(", "d("),
    ),
    "what is marked over several lines is done again to a column of its last line, tabs or not": _in(
        ("wide",), "vjd."
    ),
    "a change that leaves the text as it was is nothing to undo": (
        ("wide", "3~u"),
        ("blank lines", "xjxuu"),
    ),
    "patterns match code points, and a letter is one in any script": _in(
        ("wide",), ":%s/\\<\\w/X/g<cr>", ":%s/x*/-/g<cr>"
    ),
    "a paragraph begins at its first character, also in the last line": _in(
        ("one line",), "{", "d{", "y{", "v{d"
    ),
    "joining the last line with none leaves the cursor alone": _in(
        ("one line",), "3J", "9J", "3gJ", "VjJ", "VjgJ", "V3jJ"
    ),
    "the one line of an empty text can be deleted once more": (
        *_in(("one line",), ":d<cr>2@:", "dd.", "Vd.", "Vjd.", "qaddq@a", 'dddd"1p'),
        *_in(("one line", "nothing"), 'dddd"1pu.', 'dddddd"1pu.u.', 'dddd"2p'),
    ),
    "a text object that there is not as often leaves all as it is": (
        ("one line", "v2iwd"),
        ("blank lines", "d3aw"),
    ),
    "whole lines that are put over a block go below all of it, wherever the cursor was": (
        *_in(("prose", "code", "wide", "blank lines"), "yyj<c-v>kp"),
        ("blank lines", "ywj<c-v>kp"),
    ),
    "a wide character that the edge of a block goes through stays whole": (
        *_in(("wide",), "<c-v>jjIXY<esc>", "<c-v>3jIX<esc>", "<c-v>jj<"),
        *_in(("wide",), "<c-v>jAX<esc>w.", "<c-v>jlAX<esc>w."),
    ),
    "the insert mode is the editor's own, where backspace takes a level, and right leaves the line": _in(
        ("blank lines",), "i<bs><bs><esc>", "ia<right>b<esc>"
    ),
}

_PAIRS: Final = frozenset(pair for pairs in DIFFERENT.values() for pair in pairs)


def differs(text: str, keys: str) -> bool:
    """Whether it is known that keys leave something else in a text."""
    return (text, keys) in _PAIRS
