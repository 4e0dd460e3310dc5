"""What replacing would make of each line, as rows of before and after, made when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import visible

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from tui.document.notebook import Notebook
    from tui.document.replacing import LineChange

ROWS_EACH: Final = 3
_BEFORE = Style(Role.ERROR)
_AFTER = Style(Role.OK)
_PLACE = Style(Role.MUTED)
_LEFT_OUT = Style(Role.FAINT)
_GOES_ON = text_row("…", Style(Role.MUTED))


class PreviewRows(Sequence["Row"]):
    """Three rows for each change: where, before, after."""

    def __init__(
        self, changes: Sequence[LineChange], notebook: Notebook, left_out: AbstractSet[int], width: int
    ) -> None:
        self._changes = changes
        self._notebook = notebook
        self._left_out = left_out
        self._width = width

    def __len__(self) -> int:
        return ROWS_EACH * len(self._changes)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        which, part = divmod(index, ROWS_EACH)
        change, is_taken = self._changes[which], which not in self._left_out
        match part:
            case 0:
                return self._place(change, is_taken=is_taken)
            case 1:
                return self._line("- ", change, change.before, 0, _BEFORE if is_taken else _LEFT_OUT)
            case _:
                return self._line("+ ", change, change.after, 1, _AFTER if is_taken else _LEFT_OUT)

    def _place(self, change: LineChange, *, is_taken: bool) -> Row:
        cell = self._notebook.index_of(change.cell) + 1
        count = len(change.matches)
        times = f", {count} times" if count > 1 else ""
        sign = "[x]" if is_taken else "[ ]"
        return crop(text_row(f"{sign} cell {cell}, line {change.line + 1}{times}", _PLACE), 0, self._width)

    def _line(self, sign: str, change: LineChange, text: str, side: int, style: Style) -> Row:
        """The line around its first match; line breaks show as what they are."""
        first = change.matches[0]
        at = first.start - change.start
        length = len(first.text) if side == 0 else len(first.replacement or "")
        head = text_row(visible(text[:at]), _PLACE)
        room = self._width - 4
        start = max(0, row_width(head) + min(length, room // 2) - room + room // 4)
        body = (
            *text_row(visible(text[:at]), Style()),
            *text_row(visible(text[at : at + length]), Style(style.role, bold=True, underline=True)),
            *text_row(visible(text[at + length :]), Style()),
        )
        shown = crop(body, start, start + room - (1 if start else 0))
        return (*text_row(f"  {sign}", style), *(_GOES_ON if start else ()), *shown)
