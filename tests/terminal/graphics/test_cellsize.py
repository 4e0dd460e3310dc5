"""How large a cell is, from the terminal's line."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from pathlib import Path

import pytest

from tui.terminal.graphics.cellsize import CellSize, cell_size


@pytest.mark.parametrize(
    ("window", "size"),
    [
        ((24, 80, 640, 384), CellSize(8, 16)),
        ((50, 100, 859, 877), CellSize(8, 17)),
        ((24, 80, 0, 0), None),
        ((0, 0, 640, 384), None),
        ((1, 1, 60_000, 60_000), None),
    ],
)
def test_pixels_are_shared_among_cells_where_the_terminal_tells_of_them(
    window: tuple[int, int, int, int], size: CellSize | None
) -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", *window))

    assert cell_size(slave) == size
    os.close(master)
    os.close(slave)


def test_what_is_no_terminal_has_no_cells(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file:
        assert cell_size(file.fileno()) is None
