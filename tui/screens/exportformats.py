"""The list of formats that a notebook can be exported to, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.export.formats import Format
from tui.render.rowops import crop, text_row
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean
from tui.screens.pathdialog import PathDialog
from tui.screens.pathquestion import Named
from tui.theme import Palette
from tui.widgets.hintline import Hint, Hints

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT: Final = Style(Role.MUTED)
_NAMES: Final = 12
"""The columns of the names of formats."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Export it so, to there: a person has agreed where there is a file."""

    format: Format
    path: Path


class ExportFormatsScreen(PathDialog[ExportChoice], inherit_bindings=False):
    """Ends with the format and the path, or with None."""

    HEADING = "Export to"
    HINTS = Hints((Hint("Enter", "say where to"), Hint("Up Down", "choose"), Hint("Esc", "close")))

    def __init__(self, formats: Sequence[Format], stem: str, folder: Path, palette: Palette) -> None:
        """`stem` and the format's suffix are offered for a file; relative names are in `folder`."""
        super().__init__(folder, palette)
        self._formats = formats
        self._stem = stem

    def rows(self, width: int) -> list[Row]:
        """All formats."""
        return [_row(each, width) for each in self._formats]

    def answer(self, index: int) -> None:
        """Nothing yet: where to is still to be said."""
        self.ask_where(f"{self._stem}{self._formats[index].suffix}")

    def saved(self, index: int, named: Named) -> ExportChoice:
        """Exported to that."""
        return ExportChoice(self._formats[index], named.path)


def _row(format_: Format, width: int) -> Row:
    name = clean(format_.name).ljust(_NAMES)
    return crop((*text_row(f"{name} "), *text_row(clean(format_.about), _ABOUT)), 0, width)
