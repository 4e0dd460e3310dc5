"""The blocks of a markdown cell one below the other: headings, paragraphs, lists, quotes, code, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.markdown.alerts import ALERT, ALERTS
from tui.render.markdown.flow import flow
from tui.render.markdown.formulas import draw_formula
from tui.render.markdown.inline import inline_lines, note_mark
from tui.render.markdown.pictures import picture_rows
from tui.render.markdown.table import draw_table
from tui.render.markdown.tasklists import BOX
from tui.render.rowops import crop, pad, plain, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from tui.render.markdown.parsing import Block

_TEXT: Final = Style()
_QUOTED: Final = Style(Role.QUOTE)
_RULE: Final = Style(Role.RULE)
_MARKER: Final = Style(Role.MUTED)
_QUOTE_BAR: Final = text_row("▎ ", _QUOTED)
_HEADINGS: Final = {
    "h1": Style(Role.HEADING, bold=True),
    "h2": Style(Role.HEADING, bold=True),
    "h3": Style(Role.HEADING, bold=True, italic=True),
}
_LOWER_HEADING: Final = Style(Role.HEADING, italic=True)
_BULLETS: Final = "•◦‣"
_WIDEST_MARK: Final = 20  # cells of a footnote's mark
_NARROWEST: Final = (
    4  # cells that text keeps beside a list's marker or a quote's bar; with fewer it has neither
)


def draw_blocks(blocks: Sequence[Block], width: int, base: Style = _TEXT, depth: int = 0) -> list[Row]:
    """The rows of blocks of text in the style `base`, within `depth` lists, with room between them."""
    rows: list[Row] = []
    above: Block | None = None
    for block in blocks:
        drawn = _draw(block, width, base, depth)
        if above is not None and drawn and _are_apart(above, block):
            rows.append(())
        rows += drawn
        above = block if drawn else above
    return rows


def _are_apart(above: Block, below: Block) -> bool:
    """Whether an empty row stands between them: not below a heading, nor in a list without empty lines."""
    if above.kind == "front_matter":
        return True
    return above.kind != "heading" and not above.token.hidden and not below.token.hidden


def _draw(block: Block, width: int, base: Style, depth: int) -> list[Row]:
    token = block.token
    if (pictures := picture_rows(block, width)) is not None:
        return pictures
    match block.kind:
        case "heading":
            return _heading(block, width)
        case "bullet_list" | "ordered_list":
            return _list(block, width, base, depth)
        case "blockquote":
            return _quote(block, width, depth)
        case "footnote_reference":
            return _note(block, width, base, depth)
        case "front_matter":
            return _code(token.content, "yaml", width)
        case "fence" | "code_block":
            return _code(token.content, token.info, width)
        case "math_block":
            return draw_formula(token.content, width)
        case "html_block":
            from tui.render.markdown.htmlblocks import draw_html_block

            return draw_html_block(token.content, width, base)
        case "hr":
            return [text_row("─" * width, _RULE)]
        case "table":
            return draw_table(block, width, base)
        case _:
            return [row for inner in block.children for row in _text(inner.token, width, base)]


def _code(code: str, info: str, width: int) -> list[Row]:
    from tui.render.markdown.code import draw_code  # colours

    return draw_code(code, info, width)


def _quote(block: Block, width: int, depth: int) -> list[Row]:
    """A quote behind its bar; an alert below its title, with both in the colour of its kind."""
    alert = ALERTS.get(str(block.token.meta.get(ALERT)))
    if alert is None:
        return _set_in(block.children, _QUOTE_BAR, _QUOTE_BAR, width, _QUOTED, depth)
    look = Style(alert.role, bold=True)
    bar = text_row("▌ ", Style(alert.role))
    title = crop((*bar, *text_row(alert.title, look)), 0, width)
    shown = [inner for inner in block.children if not inner.token.hidden]
    return [title, *(_set_in(shown, bar, bar, width, _TEXT, depth) if shown else ())]


def _note(block: Block, width: int, base: Style, depth: int) -> list[Row]:
    """A footnote behind what refers to it."""
    mark = crop(text_row(clean(f"{note_mark(str(block.token.meta['label']))} "), _MARKER), 0, _WIDEST_MARK)
    return _set_in(block.children, mark, pad((), row_width(mark)), width, base, depth)


def _text(inline: Token, width: int, base: Style) -> list[Row]:
    """Text in rows; a formula that is displayed among it has rows of its own."""
    rows: list[Row] = []
    line: list[Token] = []
    for token in inline.children or ():
        if token.type != "math_inline" or token.level or not token.content.startswith("$$"):
            line.append(token)
            continue
        rows += _flowed(line, width, base)
        rows += draw_formula(token.content, width)
        line = []
    return [*rows, *_flowed(line, width, base)] or [()]


def _flowed(tokens: Sequence[Token], width: int, base: Style) -> list[Row]:
    if tokens and tokens[0].type == "softbreak":
        tokens = tokens[1:]
    if not tokens:
        return []
    first, *others = inline_lines(tokens, base)
    blanks = len(plain(first)) - len(plain(first).lstrip(" "))
    lines = [crop(first, blanks, row_width(first)), *others]
    return [row for line in lines for row in flow(line, width)]


def _heading(block: Block, width: int) -> list[Row]:
    style = _HEADINGS.get(block.token.tag, _LOWER_HEADING)
    rows = [row for inner in block.children for row in _text(inner.token, width, style)]
    if block.token.tag == "h1":
        rows.append(text_row("─" * max(row_width(row) for row in rows), _RULE))
    return rows


def _list(block: Block, width: int, base: Style, depth: int) -> list[Row]:
    markers = _markers(block, depth)
    widest = max(map(len, markers), default=0) if block.kind == "ordered_list" else 0
    is_loose = any(not inner.token.hidden for item in block.children for inner in item.children[:1])
    rows: list[Row] = []
    for item, marker in zip(block.children, markers, strict=True):
        if rows and is_loose:
            rows.append(())
        first = text_row(f"{marker:>{widest}} ", _MARKER)
        rows += _set_in(item.children, first, pad((), row_width(first)), width, base, depth + 1)
    return rows


def _markers(block: Block, depth: int) -> list[str]:
    """What stands before each item: a bullet, a number, the box of a task."""
    boxes = [str(item.token.meta.get(BOX, "")) for item in block.children]
    if block.kind == "ordered_list":
        start = int(block.token.attrs.get("start", 1))
        return [f"{start + index}. {box}".rstrip() for index, box in enumerate(boxes)]
    bullet = _BULLETS[min(depth, len(_BULLETS) - 1)]
    return [box or bullet for box in boxes]


def _set_in(
    blocks: Sequence[Block], first: Row, others: Row, width: int, base: Style, depth: int
) -> list[Row]:
    """The blocks behind a margin: `first` beside the first row, `others` (as wide) beside the rest."""
    inner = width - row_width(first)
    if inner < _NARROWEST:
        return draw_blocks(blocks, width, base, depth)
    rows = draw_blocks(blocks, inner, base, depth) or [()]
    return [(*(others if index else first), *row) for index, row in enumerate(rows)]
