"""What `tnb show` prints of the notebook with every kind of output, and where it is kept as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tui.export.lines import plain_lines
from tui.export.printout import Page, printed_rows, stored_widgets
from tui.files.notebookfile import read
from tui.render.canvas import Pictures
from tui.render.languages import language_of

_ROOT: Final = Path(__file__).parents[2]
NOTEBOOK: Final = _ROOT / "examples" / "outputs.ipynb"
GOLDEN: Final[Mapping[Path, int]] = {
    Path(__file__).with_name(f"outputs-{width}.txt"): width for width in (60, 80, 120)
}
"""The files, and the width of each."""


def printed(width: int) -> Iterator[str]:
    """The lines at a width, without colours; pictures, which fonts make different, as a line each."""
    notebook = read(NOTEBOOK).notebook
    page = Page(
        width, language_of(notebook.metadata), pictures=Pictures.OFF, models=stored_widgets(notebook.metadata)
    )
    return plain_lines(printed_rows(notebook.cells, page))
