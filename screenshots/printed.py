"""Draws what `tnb show` prints of examples/outputs.ipynb, for docs/outputs.md (`make goldens`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from screenshots.svg import svg_of
from tui.document.notebook import Cell
from tui.export.printout import Page, printed_rows
from tui.files.notebookfile import read
from tui.render.languages import language_of
from tui.theme import Palette, own_themes
from tui.view.strips import strip_of

ROOT: Final = Path(__file__).parents[1]
NOTEBOOK: Final = ROOT / "examples" / "outputs.ipynb"
FOLDER: Final = ROOT / "docs" / "outputs"
WIDTH: Final = 100
PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "prose": ("# Every kind", "A cell of prose: mathematics, lists, a table, quotes, code, a picture"),
    "plot": ("plt.plot(", "A plot of matplotlib's"),
    "drawing": ("%config InlineBackend.figure_formats=['svg']", "A plot as SVG"),
    "frame": ("pd.DataFrame(np.random", "A data frame of 500 rows and 40 columns"),
    "styled": ("df[['x','n']].style", "A styled data frame"),
    "mathematics": ("Math(", "A formula with a matrix and cases"),
    "page": ("HTML(", "A page of HTML"),
    "json": ("JSON(", "A JSON value"),
    "vega": ("import altair", "A chart of Altair's"),
    "plotly": ("import plotly", "A chart of plotly's"),
    "stream": ("for i in range(1,4):", "A stream with progress, colours, and what must not reach a terminal"),
    "widgets": ("VBox(", "Widgets, as the notebook stores them"),
    "error": ("1/0", "An error"),
}
"""Pictures by name: how the source of the cell begins, and what is to be seen."""


def main() -> None:
    """Write every part's picture."""
    notebook = read(NOTEBOOK).notebook
    page = Page(WIDTH, language_of(notebook.metadata))
    for name, (beginning, title) in PARTS.items():
        cell = next(cell for cell in notebook.cells if cell.source.startswith(beginning))
        (FOLDER / f"{name}.svg").write_text(_picture([cell], page, title), encoding="utf-8")
        print(f"docs/outputs/{name}.svg  {title}")


def _picture(cells: Sequence[Cell], page: Page, title: str) -> str:
    theme = next(theme for theme in own_themes() if theme.dark)
    palette = Palette(theme)
    colors = theme.to_color_system().generate()

    rows = [list(strip_of(row, page.width, palette, palette.base)) for row in printed_rows(cells, page)]
    return svg_of(rows, page.width, colors["foreground"], colors["background"], title)


if __name__ == "__main__":
    main()
