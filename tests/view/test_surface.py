"""The terminal as a canvas, as it becomes known."""

from __future__ import annotations

import pytest

from tui.render.canvas import USUAL_CELL, CellSize, Ground, Pictures
from tui.terminal.graphics.answers import COLORS_QUESTION
from tui.view.surface import Surface

CELL = CellSize(9, 18)
KITTY, XTERM = "\x1bP>|kitty(0.36.1)\x1b\\", "\x1bP>|XTerm(379)\x1b\\"
WITH_SIXEL, WITHOUT = "\x1b[?62;4;22c", "\x1b[?62;22c"


@pytest.fixture(autouse=True)
def _modern_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TERM_PROGRAM", "TMUX"):
        monkeypatch.delenv(name, raising=False)


def surface(
    asked: str = "auto", cell: CellSize | None = CELL, height: int = 50, colors: str | None = "truecolor"
) -> Surface:
    return Surface(asked, Ground.DARK, cell, height, colors)


def told(surface: Surface, *answers: str) -> Surface:
    for answer in answers:
        surface.hear(answer)
    return surface


@pytest.mark.parametrize(
    ("answers", "pictures"),
    [
        ((), Pictures.SYMBOLS),
        ((KITTY, WITHOUT), Pictures.KITTY),
        ((XTERM, WITH_SIXEL), Pictures.SIXEL),
        ((XTERM, WITHOUT), Pictures.HALF_BLOCKS),
        ((WITHOUT,), Pictures.SYMBOLS),
    ],
)
def test_pictures_are_shown_as_the_terminal_says_it_can(answers: tuple[str, ...], pictures: Pictures) -> None:
    assert told(surface(), *answers).canvas.pictures is pictures


@pytest.mark.parametrize("asked", ["kitty", "sixel", "sextants", "half-blocks", "off"])
def test_the_setting_wins(asked: str) -> None:
    assert told(surface(asked), KITTY, WITHOUT).canvas.pictures is Pictures(asked)


def test_sixels_need_the_size_of_a_cell() -> None:
    unknown = told(surface(cell=None), WITH_SIXEL)

    assert (unknown.canvas.pictures, unknown.canvas.cell) == (Pictures.SYMBOLS, USUAL_CELL)
    known = told(unknown, "\x1b[6;20;10t")
    assert (known.canvas.pictures, known.canvas.cell) == (Pictures.SIXEL, CellSize(10, 20))


@pytest.mark.parametrize("colors", [None, "standard"])
def test_with_few_colours_kittys_cells_cannot_say_which_picture_they_are_of(colors: str | None) -> None:
    for asked in ("auto", "kitty"):
        assert told(surface(asked, colors=colors), KITTY, WITHOUT).canvas.pictures is Pictures.SYMBOLS
    assert told(surface(colors=colors), XTERM, WITH_SIXEL).canvas.pictures is Pictures.SIXEL


def test_only_who_knows_sixels_is_asked_for_their_colours() -> None:
    assert surface().hear(WITH_SIXEL) == COLORS_QUESTION
    assert surface().hear(WITHOUT) == ""
    assert told(surface(), WITH_SIXEL, "\x1b[?1;0;16S").canvas.colors == 16
    assert told(surface(), WITH_SIXEL, "\x1b[?1;0;1024S").canvas.colors == 256


def test_in_tmux_it_is_the_terminal_around_that_draws() -> None:
    in_tmux = told(surface(), "\x1bP>|tmux 3.5\x1b\\", WITHOUT)

    in_tmux.hear_of_terminal_around("kitty(0.26.5)")
    assert in_tmux.canvas.pictures is Pictures.SYMBOLS
    in_tmux.hear_of_terminal_around("kitty(0.36.1)")
    assert in_tmux.canvas.pictures is Pictures.KITTY


@pytest.mark.parametrize(("height", "rows"), [(24, 20), (26, 20), (28, 24), (50, 40), (200, 40), (5, 8)])
def test_a_picture_is_seen_whole_and_not_drawn_anew_for_each_row(height: int, rows: int) -> None:
    assert surface(height=height).canvas.picture_rows == rows


def test_size_and_theme_change() -> None:
    changed = surface()
    changed.take_size(CellSize(12, 24), 30)
    changed.take_ground(Ground.LIGHT)

    assert (changed.canvas.cell, changed.canvas.ground, changed.canvas.picture_rows) == (
        CellSize(12, 24),
        Ground.LIGHT,
        24,
    )
