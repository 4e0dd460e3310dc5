"""Every kind of output is printed as it was when somebody looked at it last (`make goldens`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden.texts import GOLDEN, NOTEBOOK, printed
from tui.render.width import cell_width


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_every_kind_of_output_is_printed_as_before(path: Path) -> None:
    assert list(printed(GOLDEN[path])) == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_no_line_of_it_is_too_wide(path: Path) -> None:
    assert max(map(cell_width, path.read_text(encoding="utf-8").splitlines())) <= GOLDEN[path]


def test_the_notebook_is_small() -> None:
    assert NOTEBOOK.stat().st_size < 200_000
