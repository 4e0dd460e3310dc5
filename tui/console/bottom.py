"""The rows below everything that was printed: the prompt with its lists, or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.console.completionmenu import menu_rows
from tui.console.livearea import Place
from tui.render.rowops import crop, row_width, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from tui.console.prompteditor import PromptEditor
    from tui.console.promptview import PromptView

_NOTE: Final = Style(Role.MUTED)
_FAILING: Final = Style(Role.ERROR)
_ASKING: Final = Style(Role.WARNING)
_MOST_LIST_ROWS: Final = 8

LEAVING: Final = "The kernel is busy. [L]eave it running, [i]nterrupt and quit, or [s]tay?"
"""Asked where a console is left while its kernel works."""


def prompt_rows(
    editor: PromptEditor, view: PromptView, hint: str, width: int, height: int
) -> tuple[list[Row], Place]:
    """The prompt, as much as there is room for, and below it the search, the list or a hint."""
    rows, place = view.rows(editor.shown)
    if editor.search is not None:
        search = _search_row(editor.search.query, is_failing=editor.search.is_failing, width=width)
        rows, _ = within(rows, place, max(1, height - 1))
        return [*rows, search], Place(len(rows), min(row_width(search), width - 1))
    below: list[Row] = []
    if editor.menu is not None:
        below = menu_rows(editor.menu, width, min(_MOST_LIST_ROWS, height - min(len(rows), height // 2 + 1)))
    elif hint:
        below = [crop(text_row(clean(hint), _NOTE), 0, width)]
    rows, place = within(rows, place, max(1, height - len(below)))
    return [*rows, *below][:height], place


def leaving_rows(width: int) -> tuple[list[Row], Place]:
    """The question what to do with a kernel that works."""
    rows = wrap((*text_row(LEAVING, _ASKING), *text_row(" ")), width)
    return rows, Place(len(rows) - 1, min(row_width(rows[-1]), width - 1))


def within(rows: list[Row], place: Place, most: int) -> tuple[list[Row], Place]:
    """At most so many rows, those about the cursor."""
    if len(rows) <= most:
        return rows, place
    first = min(max(0, place.row - most // 2), len(rows) - most)
    return rows[first : first + most], Place(place.row - first, place.column)


def _search_row(query: str, *, is_failing: bool, width: int) -> Row:
    label = text_row(
        "nothing typed before holds: " if is_failing else "search: ", _FAILING if is_failing else _NOTE
    )
    row = (*label, *text_row(clean(query)))
    used = row_width(row)
    return row if used < width else crop(row, used - width + 1, used)
