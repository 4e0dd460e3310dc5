"""The list of a cell's outputs by type: one of them is opened in a browser, or saved under a name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from tui.files.outputfile import OutputFile
from tui.keynotation import name_of
from tui.render.rowops import crop, row_width, text_row
from tui.render.rows import Role, Row, Style
from tui.render.unrendered import size_text
from tui.sanitize import clean
from tui.screens.pathdialog import PathDialog
from tui.screens.pathquestion import Named
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

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


class OutputFilesScreen(PathDialog[Choice], inherit_bindings=False):
    """Ends with what is to be done with which output, or with None."""

    HEADING = "Outputs of the cell"
    HINTS = Hints(
        (
            Hint("Enter", "open in a browser"),
            Hint("s", "save"),
            Hint("Up Down", "choose"),
            Hint("Esc", "close"),
        )
    )

    def __init__(self, files: Sequence[OutputFile], name: str, folder: Path, palette: Palette) -> None:
        """`name` is offered for a file, without suffix; relative names are in `folder`."""
        super().__init__(folder, palette)
        self._files = files
        self._name = name

    def rows(self, width: int) -> list[Row]:
        """All types of all outputs."""
        return [_row(file, width) for file in self._files]

    def answer(self, index: int) -> Choice:
        """That output, to be opened."""
        return Open(self._files[index])

    def clicked(self, index: int) -> None:
        """What is to be done with it, a key says."""

    def saved(self, index: int, named: Named) -> Choice:
        """That output, to be saved there."""
        return Save(self._files[index], named.path, named.over)

    def take_other_key(self, event: events.Key) -> None:
        """Open or save the marked output, or move the mark."""
        match name_of(event.key, event.character):
            case "o":
                self.take(self.list.marked)
            case "s":
                self.ask_where(f"{self._name}{self._files[self.list.marked].suffix}")
            case _:
                super().take_other_key(event)


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
