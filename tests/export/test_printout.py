"""A printed notebook: every cell in order, with count and outputs, nothing folded and nothing too wide."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kernelbridge.outputs import DisplayData, ErrorOutput, Output, Stream
from kernelbridge.streamtext import StreamText
from strategies import outputs as any_outputs
from tui.document.notebook import Cell, CellKind, new_key
from tui.export.lines import plain_lines
from tui.export.printout import Page, printed_rows
from tui.render.canvas import Pictures
from tui.render.languages import PYTHON
from tui.render.rowops import row_width


def cell(
    source: str = "", *outputs: Output, kind: CellKind = CellKind.CODE, count: int | None = None
) -> Cell:
    return Cell(new_key(), kind, source, outputs, count)


def printed(*cells: Cell, width: int = 40, **page: Any) -> list[str]:
    return list(plain_lines(printed_rows(cells, Page(width, PYTHON, **page))))


def stream(text: str, name: str = "stdout") -> Stream:
    return Stream(name, StreamText.of(text))


def test_code_has_its_count_and_outputs_their_rules() -> None:
    error = ErrorOutput("E", "wrong", ("E: wrong",))
    assert printed(cell("x = 1\nx", stream("out\n"), stream("err\n", "stderr"), error, count=7)) == [
        "   7 x = 1",
        "     x",
        "     ┊ out",
        "     ╎ err",
        "     ┃ E: wrong",
    ]


def test_a_blank_row_stands_between_cells_and_only_there() -> None:
    prose = cell("# Title", kind=CellKind.MARKDOWN)
    lines = printed(prose, cell("1", count=None))
    assert lines[0] == "     Title"
    assert lines[-2:] == ["", " [ ] 1"]
    assert printed() == []


def test_a_long_line_goes_on_below_with_a_mark() -> None:
    assert printed(cell("x" * 50, count=1), width=40) == ["   1 " + "x" * 34, "   ↳ " + "x" * 16]


def test_nothing_is_folded() -> None:
    lines = printed(cell("", stream("line\n" * 500)))
    assert lines[1:] == ["     ┊ line"] * 500


def test_without_pictures_a_line_says_what_each_is() -> None:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 0, 0)).save(file, "PNG")
    picture = DisplayData({"image/png": base64.b64encode(file.getvalue()).decode()})
    assert printed(cell("", picture), pictures=Pictures.OFF)[1:] == ["     ┊ image/png · 64 x 48"]
    assert len(printed(cell("", picture))) > 2


@given(any_outputs(), st.text(max_size=60), st.sampled_from(CellKind), st.integers(20, 60))
def test_no_row_is_wider_than_the_page(
    outputs: tuple[Output, ...], source: str, kind: CellKind, width: int
) -> None:
    rows = list(printed_rows([cell(source, *outputs, kind=kind)], Page(width, PYTHON)))
    assert max(map(row_width, rows)) <= width


@pytest.mark.parametrize("kind", CellKind)
def test_a_cell_without_text_is_there_all_the_same(kind: CellKind) -> None:
    assert len(printed(cell(kind=kind))) == 1
