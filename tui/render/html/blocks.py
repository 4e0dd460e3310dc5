"""The elements of a page as rows: headings, paragraphs, lists, links, code, quotes, tables and the rest."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tui.render.html.flow import Flow, one_line
from tui.render.html.grid import grid_of
from tui.render.html.looks import Look, Looks
from tui.render.html.raised import raised
from tui.render.html.tables import TableCell, TableHints, draw_table
from tui.render.html.tree import Element, text_of
from tui.render.markdown.inline import is_honest, web_address
from tui.render.rowops import pad, row_width, text_row
from tui.render.rows import Role, Row, Style

DrawPicture = Callable[[Element, int], "Sequence[Row] | None"]
"""Draws an `img` or `svg` at a width; None where it is no picture that is drawn."""

_MUTED: Final = Style(Role.MUTED)
_RULE: Final = Style(Role.RULE)
_LINK: Final = Style(Role.LINK, underline=True)
_QUOTE: Final = text_row("│ ", _RULE)
_BULLETS: Final = ("•", "◦", "▪")
_MOST_ELEMENTS: Final = 30_000
"""Elements that are drawn, cells of tables not counted."""
_NARROWEST: Final = 12
"""Cells below which nothing is indented further."""
_MOST_NESTED: Final = 2
_LONGEST_TERM: Final = 24
_BAR: Final = 30
_BESIDE_BAR: Final = 6  # cells for what mostly stands behind it
_SHAPE: Final = re.compile(r"[\d,]+ rows × [\d,]+ columns")
_MEDIA: Final = frozenset("iframe video audio object embed canvas".split())  # noqa: SIM905
_GAPPED: Final = frozenset("p h1 h2 h3 h4 h5 h6 figure address fieldset".split())  # noqa: SIM905
_BLOCKS: Final = frozenset(
    "body html div section article main header footer nav aside form figcaption center legend"  # noqa: SIM905
    " optgroup option tbody tr td th thead tfoot hgroup output".split()
)


@dataclass(frozen=True, slots=True)
class _List:
    """The list that an item is in."""

    number: int | None = None
    """Of the next item; None in a list that is not numbered."""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """A table of which the text was cut off."""

    table: Element
    lines: int
    """That are missing."""


class Page:
    """Draws the elements of one page."""

    def __init__(
        self, looks: Looks, draw_picture: DrawPicture, table_key: str = "", cut: Cut | None = None
    ) -> None:
        """`table_key` as of a canvas."""
        self._table_key = table_key
        self._cut = cut
        self._left = _MOST_ELEMENTS
        self._looks = looks
        self._draw_picture = draw_picture
        self._tables = 0
        """Tables within each other that are being drawn."""

    def rows(self, element: Element, width: int, look: Look | None = None, depth: int = 0) -> list[Row]:
        """The rows of what is in an element; `depth` counts the lists around it."""
        flow = Flow(max(width, 2))
        self._fill(flow, element, look or Look(), depth)
        return flow.rows()

    def _fill(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        shape_told = False
        for number, child in enumerate(element.children):
            if isinstance(child, str):
                flow.text(child, look)
            elif child.tag == "table":
                shape = _shape_behind(element, number)
                shape_told = shape is not None
                self._table(flow, child, look, shape or "")
            elif shape_told and child.tag == "p":
                shape_told = False
            else:
                self._element(flow, child, look, depth)

    def _element(self, flow: Flow, element: Element, around: Look, depth: int) -> None:  # noqa: C901
        tag = element.tag
        look = self._looks.of(element, around)
        if look.is_hidden or "hidden" in element.attributes or self._is_enough(flow):
            return
        match tag:
            case "br":
                flow.new_line()
            case "wbr":
                pass
            case "hr":
                flow.block([text_row("─" * min(flow.width, 40), _RULE)])
            case "img" | "svg":
                self._picture(flow, element, look)
            case "ul" | "ol" | "menu":
                self._list(flow, element, look, depth)
            case "li":
                self._item(flow, element, look, _List(None, depth))
            case "dl":
                self._definitions(flow, element, look, depth)
            case "blockquote":
                flow.gap()
                flow.block(self.rows(element, self._narrower(flow, 2), look, depth), before=_QUOTE)
                flow.gap()
            case "dd":
                flow.block(self.rows(element, self._narrower(flow, 4), look, depth), before=text_row("    "))
            case "details":
                self._details(flow, element, look, depth)
            case "a":
                self._link(flow, element, look, depth)
            case "sub" | "sup":
                self._raised(flow, element, look, depth)
            case "q":
                flow.text("“", look)
                self._fill(flow, element, look, depth)
                flow.text("”", look)
            case "progress" | "meter":
                _progress(flow, element)
            case "input" | "select" | "button":
                _control(flow, element, look)
            case "pre":
                self._pre(flow, element, look, depth)
            case _ if tag in _MEDIA:
                _media(flow, element, tag)
            case _ if tag in _GAPPED:
                flow.gap()
                self._fill(flow, element, look, depth)
                flow.gap()
            case _ if tag in _BLOCKS or tag in ("dt", "summary"):
                flow.end_line()
                self._fill(flow, element, look, depth)
                flow.end_line()
            case _:
                self._fill(flow, element, look, depth)

    def _is_enough(self, flow: Flow) -> bool:
        """Whether no more elements are drawn; says so once."""
        self._left -= 1
        if self._left == 0:
            flow.block([text_row("… the rest is not drawn", _MUTED)])
        return self._left <= 0

    def _narrower(self, flow: Flow, indent: int) -> int:
        return max(flow.width - indent, 2)

    def _pre(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        flow.gap()
        flow.block(_without_blank_ends(self.rows(element, flow.width, look, depth)))
        flow.gap()

    def _list(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        if "list-inline" in element.classes:  # as R prints vectors
            self._inline_list(flow, element, look, depth)
            return
        if not depth:
            flow.gap()
        start = element.attribute("start")
        number = (int(start) if start.isdecimal() and len(start) < 9 else 1) if element.tag == "ol" else None
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    flow.text(child, look)
                continue
            inner = self._looks.of(child, look)
            if child.tag == "li" and (inner.is_hidden or self._is_enough(flow)):
                continue
            if child.tag == "li":
                self._item(flow, child, inner, _List(number, depth))
                number = None if number is None else number + 1
            else:
                self._element(flow, child, look, depth + 1)
        if not depth:
            flow.gap()

    def _inline_list(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        for number, child in enumerate(element.elements):
            if number:
                flow.row(text_row("  "))
            self._fill(flow, child, self._looks.of(child, look), depth)
        flow.end_line()

    def _item(self, flow: Flow, element: Element, look: Look, within: _List) -> None:
        bullet = (
            f"{within.number}. "
            if within.number is not None
            else f"{_BULLETS[within.depth % len(_BULLETS)]} "
        )
        if flow.width < _NARROWEST:
            bullet = ""
        rows = self.rows(element, self._narrower(flow, len(bullet)), look, within.depth + 1)
        flow.block(rows or [()], before=text_row(" " * len(bullet)), first=text_row(bullet, _MUTED))

    def _definitions(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        """Terms with what they mean behind them where both are short, else below them."""
        flow.gap()
        term: Row | None = None
        width = _term_width(element)
        for child in _terms(element):
            inner = self._looks.of(child, look)
            if inner.is_hidden or self._is_enough(flow):
                continue
            if child.tag == "dt":
                if term is not None:
                    flow.block([term])
                rows = self.rows(child, flow.width, inner, depth)
                term = rows[0] if len(rows) == 1 else None
                if term is None:
                    flow.block(rows)
                continue
            if term is not None and width and flow.width - width > _NARROWEST:
                rows = self.rows(child, flow.width - width, inner, depth)
                flow.block(rows or [()], before=text_row(" " * width), first=pad(term, width))
            else:
                if term is not None:
                    flow.block([term])
                indent = 4 if flow.width > _NARROWEST else 0
                rows = self.rows(child, self._narrower(flow, indent), inner, depth)
                flow.block(rows, before=text_row(" " * indent))
            term = None
        if term is not None:
            flow.block([term])
        flow.gap()

    def _details(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        """Open, as nothing here can be clicked."""
        summary = next((child for child in element.elements if child.tag == "summary"), None)
        indent = 2 if flow.width >= _NARROWEST else 0
        width = self._narrower(flow, indent)
        title = (
            self.rows(summary, width, self._looks.of(summary, look), depth)
            if summary is not None
            else [text_row("Details", replace(look.style, bold=True))]
        )
        mark = text_row("▾ " if indent else "", _MUTED)
        flow.block(title, before=text_row(" " * indent), first=mark)
        rest = Element(
            "div", {}, element.parent, [child for child in element.children if child is not summary]
        )
        flow.block(self.rows(rest, width, look, depth), before=text_row(" " * indent))

    def _link(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        target = element.attribute("href").strip()
        address = web_address(target)
        if address is None:
            self._fill(flow, element, look, depth)
            return
        mark = flow.begin_said()
        self._fill(flow, element, look.linked(address), depth)
        said = flow.said_since(mark)
        if not said.strip():
            flow.text(address, look.linked(address))
        elif not is_honest(said, target):
            flow.row(text_row(f" ({address})", replace(_MUTED, link=address)))

    def _raised(self, flow: Flow, element: Element, look: Look, depth: int) -> None:
        text = one_line(text_of(element))
        small = raised(text, element.tag)
        if small is not None:
            flow.text(small, look)
        else:
            flow.text("_" if element.tag == "sub" else "^", look)
            self._fill(flow, element, look, depth)

    def _picture(self, flow: Flow, element: Element, look: Look) -> None:
        rows = self._draw_picture(element, flow.width)
        if rows is not None:
            flow.block(rows)
            return
        source = element.attribute("src").strip()
        address = web_address(source)
        label = one_line(element.attribute("alt")).strip() or _file_name(source)
        shown = f"[image: {label}]" if label else "[image]"
        flow.row(text_row(shown, replace(_MUTED, link=address or look.style.link)))

    def _table(self, flow: Flow, element: Element, around: Look, shape: str) -> None:
        look = self._looks.of(element, around)
        if look.is_hidden:
            return
        cut = self._cut
        grid = grid_of(element, cut.lines if cut is not None and cut.table is element else 0)
        named = grid.caption
        caption = [] if named is None else self.rows(named, flow.width, self._looks.of(named, look))
        flow.end_line()
        self._tables += 1
        rows = draw_table(
            grid, self._cell_drawer(look, flow.width), flow.width, TableHints(self._table_key, shape)
        )
        self._tables -= 1
        flow.block([*caption, *rows])
        flow.gap()

    def _redrawing(self, cell: Element, look: Look) -> Callable[[int], list[Row]] | None:
        """How to draw a cell at another width, if it holds what cannot just be wrapped.

        Not of tables in tables in tables: each would be drawn twice as often as the one around it.
        """
        if self._tables > _MOST_NESTED or not _holds_table(cell):
            return None
        return lambda width: self.rows(cell, width, look)

    def _cell_drawer(self, look: Look, width: int) -> Callable[[Element], TableCell]:
        around: dict[int, Look] = {}

        def line_look(cell: Element) -> Look:
            line = cell.parent
            if line is None:
                return look
            known = around.get(id(line))
            if known is None:
                part = line.parent
                outer = look if part is None or part.tag == "table" else self._looks.of(part, look)
                known = replace(self._looks.of(line, outer), align="")
                if part is not None and part.tag == "thead":  # what is no name there says more of the columns
                    known = replace(known, style=replace(known.style, role=Role.MUTED))
                around[id(line)] = known
            return known

        def draw(cell: Element) -> TableCell:
            own = self._looks.of(cell, line_look(cell))
            children = cell.children
            if own.is_hidden or not children:
                return TableCell((), own.align, own.background)
            only = children[0]
            if len(children) == 1 and isinstance(only, str):
                row = text_row(one_line(only).strip(" ").replace("\xa0", " "), own.style)
                return TableCell.of((row,) if row else (), own.align, own.background)
            rows = tuple(self.rows(cell, width, own))
            return TableCell.of(rows, own.align, own.background, self._redrawing(cell, own))

        return draw


def _holds_table(element: Element) -> bool:
    todo = element.elements
    while todo:
        child = todo.pop()
        if child.tag in ("table", "pre"):
            return True
        todo += child.elements
    return False


def _shape_behind(element: Element, number: int) -> str | None:
    """What pandas says below a table that it cut: `5 rows × 40 columns`."""
    for child in element.children[number + 1 : number + 3]:
        if isinstance(child, Element):
            text = one_line(text_of(child)).strip() if child.tag == "p" else ""
            return text if _SHAPE.fullmatch(text) else None
        if child.strip():
            return None
    return None


def _terms(element: Element) -> list[Element]:
    found: list[Element] = []
    for child in element.elements:
        found += child.elements if child.tag == "div" else [child]
    return [child for child in found if child.tag in ("dt", "dd")]


def _term_width(element: Element) -> int:
    """How wide the column of terms is; 0 where one is too long for that."""
    terms = [one_line(text_of(child)).strip() for child in _terms(element) if child.tag == "dt"]
    widest = max((row_width(text_row(term)) for term in terms), default=0)
    return widest + 2 if widest <= _LONGEST_TERM else 0


def _without_blank_ends(rows: list[Row]) -> list[Row]:
    start = 0
    while start < len(rows) and not rows[start]:
        start += 1
    return rows[start:]


def _file_name(source: str) -> str:
    if source.startswith("data:"):
        return ""
    return one_line(source.rpartition("/")[2]).strip()[:60]


def _progress(flow: Flow, element: Element) -> None:
    """A bar as long as its value."""
    try:
        most = float(element.attribute("max") or 1)
        share = min(1.0, max(0.0, float(element.attribute("value") or 0) / most)) if most > 0 else 0.0
    except (ValueError, OverflowError):
        share = 0.0
    if math.isnan(share):
        share = 0.0
    width = max(1, min(_BAR, flow.width - _BESIDE_BAR))
    done = round(width * share)
    flow.row((*text_row("━" * done, Style(Role.ACCENT)), *text_row("━" * (width - done), _RULE)))
    flow.row(text_row(" "))


def _control(flow: Flow, element: Element, look: Look) -> None:
    """What can be used in a browser, as text."""
    kind = element.attribute("type").lower()
    if element.tag == "input" and kind in ("hidden", "file", "checkbox", "radio"):
        mark = "[x] " if "checked" in element.attributes else "[ ] "
        flow.text(mark if kind in ("checkbox", "radio") else "", look)
        return
    if element.tag == "select":
        options = [child for child in element.elements if child.tag == "option"]
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        label = one_line(text_of(chosen[0])).strip() if chosen else ""
    else:
        label = one_line(element.attribute("value") or text_of(element)).strip()
    if label:
        flow.row(text_row(f"[{label}]", look.style))
        flow.row(text_row(" "))


def _media(flow: Flow, element: Element, tag: str) -> None:
    source = element.attribute("src") or element.attribute("data")
    if not source:
        inner = next((child for child in element.elements if child.tag == "source"), None)
        source = inner.attribute("src") if inner is not None else ""
    if tag == "canvas":
        return
    address = web_address(source.strip())
    flow.row(text_row(f"[{tag}] ", _MUTED))
    if address is not None:
        flow.row(text_row(address, replace(_LINK, link=address)))
    flow.end_line()
