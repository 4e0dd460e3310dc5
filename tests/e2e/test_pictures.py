"""Pictures in terminals that say what they can do: every byte that tnb sends for them."""

from __future__ import annotations

import base64
import re
import subprocess
import zlib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from e2e import notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.terminal import Terminal
from e2e.xterm import Xterm
from programs import isolated_environment, require_program, tnb_command
from render.picture.files import encoded, noise
from render.picture.sixeldecoder import drawn
from tui.terminal.graphics.placeholders import PLACEHOLDER, runs

pytestmark = pytest.mark.e2e

KITTY = {b"\x1b[>q": b"\x1bP>|kitty(0.36.1)\x1b\\", b"\x1b[c": b"\x1b[?62;c"}
OLD_KITTY = {b"\x1b[>q": b"\x1bP>|kitty(0.26.5)\x1b\\", b"\x1b[c": b"\x1b[?62;c"}
SIXEL = {
    b"\x1b[>q": b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b[c": b"\x1b[?63;1;2;4;6;9;15;22c",
    b"\x1b[?1;1;0S": b"\x1b[?1;0;1024S",
}
IMAGE = noise(64, 48)  # 8 by 3 cells of 8 by 16 pixels
SENT = re.compile(rb"\x1b_Ga=T,[^;]*;.*?m=0;[^\x1b]*\x1b\\", re.DOTALL)


def picture_cell(image: Image.Image = IMAGE) -> dict[str, Any]:
    data = {"image/png": base64.b64encode(encoded(image)).decode(), "text/plain": ["<Figure>"]}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    return {**notebooks.code("plot()", count=1), "outputs": [output]}


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return notebooks.write(tmp_path / "a.ipynb", picture_cell(), *[notebooks.code("x\n" * 30)] * 2)


def shown_runs(terminal: Terminal) -> list[tuple[int, int, int]]:
    found = runs(terminal.raw.decode("utf-8", "replace"))
    return [(run.row, run.column, run.cells) for run in found]


def sent_pixels(terminal: Terminal) -> bytes:
    """The pixels of the one picture that kitty was sent."""
    pieces = re.findall(rb"\x1b_G[^;]*;([^\x1b]*)\x1b\\", terminal.raw)
    return zlib.decompress(b64decode(b"".join(pieces)))


def leave(terminal: Terminal) -> Sent:
    terminal.send("\x11")
    assert terminal.wait_exit() == 0
    return Sent(bytes(terminal.raw))


def test_kitty_is_sent_the_pixels_once_and_cells_that_stand_for_them(
    open_tnb: OpenTnb, notebook: Path
) -> None:
    terminal = open_tnb(notebook, "--no-kernel", answers=KITTY)
    terminal.wait_until(lambda: len(shown_runs(terminal)) >= 3, "the cells of the picture")
    terminal.send("G")
    terminal.wait_for("3/3")
    terminal.send("gg")
    terminal.wait_for("1/3")

    assert shown_runs(terminal)[:3] == [(0, 0, 8), (1, 0, 8), (2, 0, 8)]
    assert sent_pixels(terminal)[0::4] == IMAGE.tobytes()[0::3]
    assert Sent(bytes(terminal.raw)).pictures
    left = leave(terminal)
    assert not left.foreign
    assert left.is_restored


def test_where_sixels_are_known_each_row_of_the_picture_is_a_strip(open_tnb: OpenTnb, notebook: Path) -> None:
    terminal = open_tnb(notebook, "--no-kernel", answers=SIXEL)
    strips = re.compile(rb"\x1bP0;1q[^\x1b]*\x1b\\")
    terminal.wait_until(lambda: len(strips.findall(terminal.raw)) >= 3, "three strips of sixels")

    for strip in strips.findall(terminal.raw)[:3]:
        width, height, pixels = drawn(strip.decode())
        assert (width, height, len(pixels)) == (64, 16, 64 * 16)
    assert PLACEHOLDER.encode() not in terminal.raw
    left = leave(terminal)
    assert not left.foreign
    assert left.is_restored


@pytest.mark.parametrize("answers", [None, OLD_KITTY], ids=["xterm", "kitty 0.26"])
def test_elsewhere_pictures_are_characters(
    open_tnb: OpenTnb, notebook: Path, answers: dict[bytes, bytes] | None
) -> None:
    terminal = open_tnb(notebook, "--no-kernel", answers=answers)
    terminal.wait_for("▀▀▀")

    left = leave(terminal)
    assert not left.foreign
    assert PLACEHOLDER.encode() not in terminal.raw


def test_a_picture_is_shown_on_the_whole_screen(open_tnb: OpenTnb, notebook: Path) -> None:
    terminal = open_tnb(notebook, "--no-kernel", answers=KITTY)
    terminal.wait_until(lambda: len(shown_runs(terminal)) >= 3, "the cells of the picture")
    terminal.send("p")
    terminal.wait_until(lambda: (22, 0, 62) in shown_runs(terminal), "a picture of 23 rows")
    terminal.send("q")
    terminal.wait_for("plot()")

    left = leave(terminal)
    assert not left.foreign
    assert left.is_restored


class TmuxInKitty:
    """A tmux that lets sequences pass, in a terminal that says that it is kitty, with tnb in it."""

    def __init__(self, folder: Path, home: Path, notebook: Path) -> None:
        settings = folder / "tmux.conf"
        settings.write_text("set -g allow-passthrough on\nset -g default-terminal tmux-256color\n")
        self._command = [require_program("tmux"), "-S", str(folder / "socket"), "-f", str(settings)]
        self._environment = isolated_environment(home)
        program = [*self._command, "new-session", *tnb_command(), "--no-kernel", str(notebook)]
        self.terminal = Terminal(program, env=self._environment, answers=KITTY)

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._command, *arguments], env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout


@pytest.fixture
def tmux(tmp_path: Path, home: Path, notebook: Path) -> Iterator[TmuxInKitty]:
    server = TmuxInKitty(tmp_path, home, notebook)
    with server.terminal:
        yield server
        server("kill-server")


def test_in_tmux_pictures_pass_to_the_kitty_around_and_their_cells_are_tmuxs(tmux: TmuxInKitty) -> None:
    terminal = tmux.terminal
    terminal.wait_until(lambda: SENT.search(terminal.raw) is not None, "a picture for kitty")
    terminal.wait_until(lambda: terminal.raw.count(PLACEHOLDER.encode()) >= 3 * 8, "the cells of the picture")

    assert sent_pixels(terminal)[0::4] == IMAGE.tobytes()[0::3]
    cells = list(runs(tmux("capture-pane", "-p", "-e")))
    assert [(run.row, run.column, run.cells) for run in cells] == [(0, 0, 8), (1, 0, 8), (2, 0, 8)]
    assert f",i={cells[0].picture},".encode() in terminal.raw


def test_a_real_xterm_shows_each_pixel_of_a_picture(tmp_path: Path, home: Path) -> None:
    image = Image.new("RGB", (90, 100), (255, 0, 255))
    image.paste((0, 255, 0), (30, 20, 60, 70))
    notebook = notebooks.write(tmp_path / "a.ipynb", picture_cell(image=image))
    command = [*tnb_command(), "--no-kernel", notebook]

    with Xterm(command, tmp_path, isolated_environment(home)) as xterm:
        shown = xterm.wait_for_pixels((255, 0, 255), 90 * 100 - 30 * 50)
    assert shown.tobytes() == image.tobytes()
