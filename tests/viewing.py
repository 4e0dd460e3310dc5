"""Cells to look at, and a tiny app that shows nothing but a notebook."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Self

from textual import on
from textual.app import App
from textual.message import Message  # noqa: TC002 - Textual reads the annotation of a handler

from kernelbridge.outputs import DisplayData, Output, Stream
from kernelbridge.runstatus import RunId
from kernelbridge.streamtext import StreamText
from kernelbridge.widgets.models import WidgetModels
from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key
from tui.render.canvas import Canvas
from tui.render.languages import PYTHON
from tui.render.rowops import plain
from tui.runs import RunBook
from tui.theme import Palette, own_themes
from tui.view.notebookview import NotebookView
from tui.view.viewstate import ViewState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.geometry import Region

    from tui.render.rows import Row
    from tui.runs import CellRun

PALETTE = Palette(own_themes()[0])


def cell(
    source: str = "", *outputs: Output, kind: CellKind = CellKind.CODE, count: int | None = None
) -> Cell:
    return Cell(new_key(), kind, source, outputs, count)


def stream(text: str, name: str = "stdout") -> Stream:
    return Stream(name, StreamText.of(text))


def png(width: int, height: int) -> DisplayData:
    """A picture, red above and white below."""
    from PIL import Image

    picture, data = Image.new("RGB", (width, height), "white"), BytesIO()
    picture.paste("red", (0, 0, width, height // 2))
    picture.save(data, "PNG")
    return DisplayData({"image/png": b64encode(data.getvalue()).decode()})


def texts_of(rows: Sequence[Row]) -> list[str]:
    """Rows as text, without the blanks behind it."""
    return [plain(row).rstrip() for row in rows]


class ViewApp(App[None]):
    """Shows a notebook, and keeps the messages of its view."""

    def __init__(self, *cells: Cell, fold_above: int = 30) -> None:
        super().__init__()
        self.notebook = Notebook(cells)
        self.runs = RunBook()
        self.state = ViewState(cells[0].key if cells else new_key())
        self.models = WidgetModels()
        self.view = WatchedView(
            self.notebook, self.runs, self.state, PYTHON, PALETTE, Canvas(0), fold_above, self.models
        )
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.view

    @on(NotebookView.Pressed)
    @on(NotebookView.Dragged)
    @on(NotebookView.FoldPressed)
    @on(NotebookView.RunPressed)
    def keep(self, message: Message) -> None:
        self.messages.append(message)

    def show(self, *cells: Cell) -> None:
        self.notebook = Notebook(cells)
        self.view.show(self.notebook)
        self.view.draw()

    def run_cell(self, key: CellKey, state: CellRun) -> None:
        """Put a cell's run in a state."""
        self.runs.begin(RunId(f"run-{key}"), key, 1)
        run = self.runs.newest(key)
        assert run is not None
        self.runs.update(run, state=state)
        self.view.draw()

    def lines(self) -> list[str]:
        """What is on screen, line by line, without the blanks at the right."""
        return [self.view.render_line(y).text.rstrip() for y in range(self.view.size.height)]

    def styled(self, attribute: str, y: int) -> str:
        """The text on a line that has an attribute, as "reverse", or a background, as "selection"."""
        selection = PALETTE.selection.bgcolor
        return "".join(
            segment.text
            for segment in self.view.render_line(y)
            if segment.style is not None
            and (segment.style.bgcolor == selection if attribute == "selection" else segment.style.reverse)
        )


class WatchedView(NotebookView):
    """Keeps which lines were painted anew since `painted` was emptied; None is all of them."""

    painted: list[int | None]

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        if not hasattr(self, "painted"):
            self.painted = []
        self.painted += [region.y for region in regions] or [None]
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
