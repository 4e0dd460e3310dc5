"""The list of a cell's outputs by type: one of them is opened in a browser, or saved under a name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from textual import events, on
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.files.outputfile import OutputFile
from tui.keynotation import name_of
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.unrendered import size_text
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.theme import Palette
from tui.widgets.hintline import BottomLine, Hint, Hints, Question, bottom_row
from tui.widgets.queryline import pasted, query_row, typed
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_BACKGROUND: Final = "surface"
_HINTS: Final = Hints(
    (Hint("Enter", "open in a browser"), Hint("s", "save"), Hint("Up Down", "choose"), Hint("Esc", "close"))
)
_SIZE: Final = Style(Role.MUTED)
_BEGINNING: Final = Style(Role.FAINT)
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Open:
    """Open it in a browser."""

    file: OutputFile


@dataclass(frozen=True, slots=True)
class Save:
    """Save it; over another file only if a person said so."""

    file: OutputFile
    path: Path
    over: bool = False


Choice: TypeAlias = Open | Save


class OutputFilesScreen(ModalScreen[Choice | None], inherit_bindings=False):
    """Ends with what is to be done with which output, or with None."""

    AUTO_FOCUS = None

    def __init__(self, files: Sequence[OutputFile], name: str, folder: Path, palette: Palette) -> None:
        """`name` is offered for a file, without suffix; relative names are in `folder`."""
        super().__init__()
        self._files = files
        self._name = name
        self._folder = folder
        self._path: str | None = None
        """The path as typed so far; None while a type is chosen."""
        self._asks_over = False
        self._list = RowList(palette, _BACKGROUND, self._rows, marks=True)
        self._bottom = RowLine(palette, _BACKGROUND)

    def compose(self) -> ComposeResult:
        """The outputs, and the keys or the path."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Outputs of the cell"
            yield self._list
            yield self._bottom

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the dialog."""
        heed_newest_size(self, event)
        self.call_after_refresh(self._show_bottom)

    def on_key(self, event: events.Key) -> None:
        """Moves the mark, chooses, is typed, answers, or closes."""
        event.stop()
        name = name_of(event.key, event.character)
        if self._path is None:
            self._choose(name)
        elif self._asks_over:
            self._answer(name, self._path)
        elif name in ("escape", "ctrl+c"):
            self._path = None
        elif name == "enter":
            self._take_path(self._path)
        else:
            self._path = self._path if (path := typed(self._path, event)) is None else path
        if self.is_attached:
            self._show_bottom()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text counts as typed."""
        event.stop()
        if self._path is not None and not self._asks_over:
            self._path = pasted(self._path, event.text)
            self._show_bottom()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._list.mark(event.index)

    def _choose(self, key: str) -> None:
        file = self._files[self._list.marked]
        match key:
            case "escape" | "q" | "ctrl+c":
                self.dismiss(None)
            case "enter" | "o":
                self.dismiss(Open(file))
            case "s":
                self._path = f"{self._name}{file.suffix}"
            case _:
                self._list.take_key({"j": "down", "k": "up"}.get(key, key))

    def _take_path(self, written: str) -> None:
        if not written.strip():
            return
        path = self._full(written)
        if path.exists():
            self._asks_over = True
        else:
            self.dismiss(Save(self._files[self._list.marked], path))

    def _answer(self, key: str, written: str) -> None:
        if key == "o":
            self.dismiss(Save(self._files[self._list.marked], self._full(written), over=True))
        elif key in ("escape", "ctrl+c"):
            self._asks_over = False

    def _full(self, written: str) -> Path:
        path = Path(written.strip())
        with suppress(RuntimeError):  # where there is no such user
            path = path.expanduser()
        return self._folder / path

    def _show_bottom(self) -> None:
        width = self._bottom.size.width
        if self._path is not None and not self._asks_over:
            self._bottom.show(query_row(self._path, width, "where to save it"))
            return
        line: BottomLine = _HINTS
        if self._path is not None:
            line = Question(f"{Path(self._path).name} exists", {"o": "overwrite it"})
        self._bottom.show(bottom_row(line, width))

    def _rows(self, width: int) -> list[Row]:
        return [_row(file, width) for file in self._files]


def _row(file: OutputFile, width: int) -> Row:
    """Type and size, and of text how it begins."""
    head = (*text_row(clean(file.mime[:60])), *text_row(f"  {_size(file)}", _SIZE))
    if b"\0" in file.content[:_LOOKED_AT] or file.suffix == ".bin" or not file.content[:1].isascii():
        return crop(head, 0, width)
    beginning = clean(" ".join(file.content[:_LOOKED_AT].decode("utf-8", "replace").split()))
    room = max(0, width - row_width(head) - 2)
    return crop((*head, *text_row("  "), *crop(text_row(beginning, _BEGINNING), 0, room)), 0, width)


def _size(file: OutputFile) -> str:
    return "drawn by tnb" if file.data is None else size_text(len(file.data))
