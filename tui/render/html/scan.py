"""What one pass over the tags of HTML tells: whether parsing it is cheap, and whether it shows anything.

Building a tree is not linear: lexbor takes time by the square of the depth, and formatting that was left open
is opened again in every block (HTML standard, 13.2.4.3). So what would be costly is found before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DEEPEST: Final = 1000
"""Open elements, which lexbor nests in a few milliseconds."""
_MOST_REOPENED: Final = 200_000
"""Elements that the tree may have for formatting elements that were left open."""
_MOST_LOOKED_AT: Final = 200
"""Characters of text by which a page that only says that it is loading is told."""

_BLANK: Final = r"[ \t\n\f\r]"
_TAG: Final = re.compile(
    rf"<(?P<slash>/?)(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"(?:[ \t\n\f\r/]++"
    rf"|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{_BLANK}*+={_BLANK}*+(?:\"[^\"]*+\"|'[^']*+'|(?=>)|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+))?+)*+>"
)
_CELL: Final = re.compile(r"</?t[dhr]>")
_TAG_BEGIN: Final = re.compile(r"</?[a-zA-Z]")
_COMMENT_END: Final = re.compile(r"--!?>")
_RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""What holds text and no tags."""
_RAW_END: Final = {name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in _RAW}
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)  # fmt: skip
_CLOSED_BY_OTHERS: Final = frozenset(
    "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt html head body".split()  # noqa: SIM905
)
"""Their end tags may be left out: without something else between, they do not nest."""
_FORMATTING: Final = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905
)  # fmt: skip
_FOREIGN: Final = frozenset({"svg", "math"})
_ENDS_FOREIGN: Final = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li menu meta"  # noqa: SIM905
    " nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
_SHOWS: Final = frozenset(
    "img svg iframe video audio object embed progress meter hr".split()  # noqa: SIM905
)  # fmt: skip
_LOADER: Final = re.compile(r"\s*(?:loading\b.{0,40}|bokehjs .{0,40})\s*", re.IGNORECASE | re.DOTALL)
_SKLEARN: Final = "sk-top-container"
"""An estimator as boxes that CSS opens and closes; its `text/plain` says the same."""
_HEAD: Final = 50_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is written."""

    name: str
    """In lower case."""
    is_end: bool
    closes_itself: bool


def too_costly(text: str) -> str | None:
    """Why a tree is not built of the text; None where it may be."""
    without_cells, cells = _CELL.subn(
        " ", text
    )  # most tags of a large text, and they nest only within others
    reason, formatting = _reason(without_cells)
    return reason if reason is not None or formatting * cells <= _MOST_REOPENED else _reason(text)[0]


def _reason(text: str) -> tuple[str | None, int]:
    """Why no tree is built, and how many formatting elements were open at most."""
    opened: Counter[str] = Counter()
    depth = formatting = most = reopened = 0
    for token in _tokens(text):
        if isinstance(token, str):
            continue
        name = token.name
        if name in _VOID or name in _CLOSED_BY_OTHERS or (token.closes_itself and _is_foreign(opened)):
            reopened += formatting
        elif token.is_end:
            if opened[name]:
                opened[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        else:
            opened[name] += 1
            depth += 1
            reopened += formatting
            formatting += name in _FORMATTING
            most = max(most, formatting)
        if depth > _DEEPEST:
            return "nested too deeply to draw", most
        if reopened > _MOST_REOPENED:
            return "too many elements are left open to draw it", most
    return None, most


def shows_something(text: str) -> bool:
    """Whether there is more to see than what scripts and styles would make of it."""
    if _SKLEARN in text[:_HEAD]:
        return False
    seen = ""
    hidden = False
    for token in _tokens(text):
        if isinstance(token, Tag):
            if token.name in _SHOWS and not token.is_end:
                return True
            hidden = token.name in _RAW and token.name != "textarea" and not token.is_end
        elif not hidden:
            seen += token.strip()[:_MOST_LOOKED_AT]
            if len(seen) >= _MOST_LOOKED_AT:
                return True
    return bool(seen) and _LOADER.fullmatch(seen) is None


def _is_foreign(opened: Counter[str]) -> bool:
    return opened["svg"] > 0 or opened["math"] > 0


def _tokens(text: str) -> Iterator[Tag | str]:
    """The tags, and the text between them; what a raw element holds is one text."""
    at = 0
    foreign = 0
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield text[at:start]
        at = _behind_markup(text, start)
        if at != start:
            continue
        tag = _TAG.match(text, start)
        if tag is None:
            if _TAG_BEGIN.match(text, start):
                return  # it never ends: nothing more comes
            at = start + 1
            yield "<"
            continue
        name, is_end = tag["name"].lower(), bool(tag["slash"])
        at = tag.end()
        yield Tag(name, is_end, text[at - 2] == "/")
        if name in _FOREIGN:
            foreign = max(0, foreign + (-1 if is_end else 1))
        elif name in _ENDS_FOREIGN:
            foreign = 0
        if name in _RAW and not is_end and not foreign:
            end = _RAW_END[name].search(text, at)
            yield text[at : end.start() if end else len(text)]
            if end is None:
                return
            at = end.start()
    if at < len(text):
        yield text[at:]


def _behind_markup(text: str, start: int) -> int:
    """Where a comment or declaration at `start` ends; `start` where there is none."""
    if text.startswith("<!--", start):
        if text.startswith((">", "->"), start + 4):
            return text.index(">", start) + 1
        end = _COMMENT_END.search(text, start + 4)
        return end.end() if end else len(text)
    if text.startswith(("<!", "<?"), start):
        end_at = text.find(">", start)
        return end_at + 1 if end_at >= 0 else len(text)
    return start
