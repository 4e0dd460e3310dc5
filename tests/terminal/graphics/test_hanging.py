"""Pictures that are hung into frames: what the terminal is sent, byte by byte."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode

import pytest

from e2e.grammar import Sent
from tui.terminal.graphics import hanging as hanging_module
from tui.terminal.graphics.gallery import Gallery, Pixels, Sixels
from tui.terminal.graphics.hanging import Hanging, Wrapping
from tui.terminal.graphics.placeholders import row_of_cells, strip_of_cells

RAW = bytes(range(256)) * 40
PIXELS = Pixels(4, 2, 32, 80, zlib.compress(RAW, 0))
STRIP = '\x1bP0;1q"1;1;32;16#1;2;0;0;0#1!32~\x1b\\'
SIXELS = Sixels(4, (STRIP, STRIP.replace("0;0;0#", "9;9;9#")))
SENT = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


@pytest.fixture
def hanging(gallery: Gallery) -> Hanging:
    return Hanging(gallery)


def strip(picture: int, row: int = 0, start: int = 0, end: int = 4) -> str:
    cells = strip_of_cells(picture, row, 4)[start * 5 : end * 5]
    return f"\x1b[5;10H\x1b[38;5;99m{cells}\x1b[0m"


def painted(picture: int, row: int = 0, start: int = 0, end: int = 4) -> str:
    cells = row_of_cells(picture, row, 4)[start * 4 : end * 4]
    return f"\x1b[5;10H\x1b[38;5;{picture & 0xFF};48;2;9;9;9m{cells}\x1b[0m"


def test_a_frame_without_pictures_is_written_as_it_is(hanging: Hanging) -> None:
    assert hanging.hung("\x1b[1mtext\x1b[0m") == "\x1b[1mtext\x1b[0m"


def test_a_picture_is_sent_once_before_the_cells_that_stand_for_it(
    gallery: Gallery, hanging: Hanging
) -> None:
    frame = painted(gallery.add(PIXELS))

    first, second = hanging.hung(frame), hanging.hung(frame)

    assert first.endswith(frame)
    assert SENT.match(first)
    assert second == frame


def test_it_is_sent_as_kitty_takes_it(gallery: Gallery, hanging: Hanging) -> None:
    picture = gallery.add(PIXELS)
    pieces = SENT.findall(hanging.hung(painted(picture)))
    controls = [dict(one.split("=") for one in keys.split(",")) for keys, _ in pieces]

    assert controls[0] == {
        "a": "T",  # transmit and place
        "U": "1",  # for Unicode placeholders
        "q": "2",  # and answer nothing
        "f": "32",  # RGBA
        "o": "z",  # deflated
        "s": "32",
        "v": "80",
        "i": str(picture),
        "c": "4",
        "r": "2",
        "m": "1",  # more follows
    }
    assert controls[1:-1] == [{"q": "2", "m": "1"}] * (len(pieces) - 2)
    assert controls[-1] == {"q": "2", "m": "0"}
    assert all(len(data) <= 4096 for _, data in pieces)
    assert all(len(data) % 4 == 0 for _, data in pieces)
    assert zlib.decompress(b64decode("".join(data for _, data in pieces))) == RAW


def test_pictures_leave_the_terminal_with_tnb_and_come_back_when_they_are_painted_again(
    gallery: Gallery, hanging: Hanging
) -> None:
    frame = painted(gallery.add(PIXELS))
    sent = hanging.hung(frame)
    gone = hanging.taken_down()

    assert Sent(sent.encode()).pictures
    assert not Sent((sent + gone).encode()).pictures
    assert not hanging.taken_down()
    assert hanging.hung(frame) == sent


def test_the_terminal_keeps_no_more_than_it_should(
    gallery: Gallery, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging_module, "_MOST_AT_TERMINAL", 2 * 32 * 80 * 4)
    pictures = [
        gallery.add(Pixels(4, 2, 32, 80, zlib.compress(RAW + bytes([number])))) for number in range(3)
    ]

    written = "".join(hanging.hung(painted(picture)) for picture in (*pictures[:2], pictures[0], pictures[2]))

    assert Sent(written.encode()).pictures == {str(pictures[0]).encode(), str(pictures[2]).encode()}
    assert SENT.match(hanging.hung(painted(pictures[1])))


def test_through_tmux_each_sequence_is_wrapped_and_the_cells_are_not(
    gallery: Gallery, hanging: Hanging
) -> None:
    frame = painted(gallery.add(PIXELS))
    bare = hanging.hung(frame)
    hanging.taken_down()
    hanging.wrapping = Wrapping.TMUX
    wrapped = hanging.hung(frame)

    pieces = [found[0].replace("\x1b", "\x1b\x1b") for found in SENT.finditer(bare)]
    assert wrapped == "".join(f"\x1bPtmux;{piece}\x1b\\" for piece in pieces) + frame
    assert not Sent(wrapped.encode()).foreign


def test_a_row_of_sixels_is_drawn_over_its_cells(gallery: Gallery, hanging: Hanging) -> None:
    picture = gallery.add(SIXELS)

    for row in range(2):
        cells = strip_of_cells(picture, row, 4)
        drawn = f"\x1b7    \x1b8{SIXELS.sequences[row]}\x1b8\x1b[4C"
        assert hanging.hung(strip(picture, row)) == strip(picture, row).replace(cells, drawn)


@pytest.mark.parametrize(("start", "end"), [(0, 3), (1, 4), (1, 2)])
def test_a_row_of_sixels_that_something_covers_in_part_is_left_blank(
    gallery: Gallery, hanging: Hanging, start: int, end: int
) -> None:
    frame = strip(gallery.add(SIXELS), 0, start, end)

    assert re.sub(r"\x1b\[[\d;]*[mH]", "", hanging.hung(frame)) == " " * (end - start)


def test_a_picture_that_is_not_known_is_blank(hanging: Hanging) -> None:
    assert re.sub(r"\x1b\[[\d;]*[mH]", "", hanging.hung(painted(1 << 24 | 99))) == "    "


def test_everything_that_is_written_is_of_the_grammar(gallery: Gallery, hanging: Hanging) -> None:
    pixels, sixels = gallery.add(PIXELS), gallery.add(SIXELS)
    written = "".join(hanging.hung(painted(pixels, row) + strip(sixels, row)) for row in range(2))

    assert not Sent((written + hanging.taken_down()).encode()).foreign


def test_the_same_picture_has_the_same_id_and_old_ones_make_room(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.terminal.graphics.gallery._MOST", 25_000)
    first = gallery.add(PIXELS)
    others = [gallery.add(Pixels(4, 2, 32, 80, bytes([number]) * 6_000)) for number in range(2)]

    assert gallery.add(Pixels(4, 2, 32, 80, zlib.compress(RAW, 0))) == first
    gallery.add(Pixels(4, 2, 32, 80, b"x" * 6_000))

    assert [gallery.get(picture) is None for picture in (first, *others)] == [False, True, False]
