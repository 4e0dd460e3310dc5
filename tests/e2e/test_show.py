"""`tnb show` on a terminal: colours as far as there are any, and a pager where the screen is too small."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.terminal import Terminal
from programs import require_program

pytestmark = pytest.mark.e2e


@pytest.fixture
def short(tmp_path: Path) -> Path:
    cells = [
        notebooks.markdown("# Title\n\nA [link](https://example.org)."),
        notebooks.code("1 + 1", count=4),
    ]
    return notebooks.write(tmp_path / "short.ipynb", *cells)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    lines = "".join(f"line {number}\n" for number in range(1, 501))
    return notebooks.write(tmp_path / "long.ipynb", notebooks.code("print", lines, count=1))


def take_apart(terminal: Terminal) -> Sent:
    sent = Sent(bytes(terminal.raw))
    assert sent.foreign == []
    return sent


def test_a_short_one_is_printed_in_colour_and_stays_on_the_screen(open_tnb: OpenTnb, short: Path) -> None:
    terminal = open_tnb(short, "show")
    assert terminal.wait_exit() == 0
    assert terminal.text.splitlines()[:3] == ["     Title", "     ─────", "     A link."]
    sent = take_apart(terminal)
    assert sent.links == ["https://example.org"]
    assert b"\x1b[38;2;" in terminal.raw
    assert b"\x1b[?" not in terminal.raw


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}, {"TERM": "dumb"}])
def test_where_there_are_no_colours_none_are_sent(
    env: dict[str, str], open_tnb: OpenTnb, short: Path
) -> None:
    terminal = open_tnb(short, "show", env=env)
    assert terminal.wait_exit() == 0
    assert b"38;" not in terminal.raw
    assert b"\x1b]" not in terminal.raw


def test_it_is_as_wide_as_the_terminal(open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "wide.ipynb", notebooks.code("x" * 300))
    terminal = open_tnb(path, "show", size=(100, 24))
    assert terminal.wait_exit() == 0
    assert terminal.text.splitlines()[0] == " [ ] " + "x" * 94


def test_a_long_one_is_shown_by_less(open_tnb: OpenTnb, long: Path) -> None:
    require_program("less")
    terminal = open_tnb(long, "show")
    terminal.wait_for(r"line 10\n")
    terminal.send("G")
    terminal.wait_for(r"line 500\n")
    assert "\x1b[" not in terminal.text
    assert "ESC" not in terminal.text
    terminal.send("\x03")  # less stays
    terminal.send("gq")
    assert terminal.wait_exit() == 0


def test_leaving_the_pager_early_is_no_failure(open_tnb: OpenTnb, tmp_path: Path) -> None:
    require_program("less")
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1", "some line\n" * 300_000))
    terminal = open_tnb(path, "show")
    terminal.wait_for("some line")
    terminal.send("q")
    assert terminal.wait_exit() == 0
    assert "Traceback" not in terminal.text


def test_another_pager_is_the_one_in_the_environment(open_tnb: OpenTnb, long: Path) -> None:
    terminal = open_tnb(long, "show", env={"PAGER": "sed -e 's/line/row/' -e 100q"})
    assert terminal.wait_exit() == 0
    assert "row 90" in terminal.text


@pytest.mark.parametrize("env", [{"PAGER": ""}, {"PAGER": "cat"}, {"PAGER": "no-such-program"}])
def test_without_a_pager_all_of_it_is_printed(env: dict[str, str], open_tnb: OpenTnb, long: Path) -> None:
    terminal = open_tnb(long, "show", env=env)
    assert terminal.wait_exit() == 0
    assert "line 500" in terminal.text
    assert b"line 1\x1b" in terminal.raw or b"line 1\r" in terminal.raw


def test_no_pager_on_request(open_tnb: OpenTnb, long: Path) -> None:
    terminal = open_tnb(long, "show", "--no-pager", env={"PAGER": "false"})
    assert terminal.wait_exit() == 0
    assert "line 500" in terminal.text


def test_it_can_be_interrupted(open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1", "some line\n" * 1_000_000))
    terminal = open_tnb(path, "show", env={"PAGER": ""})
    terminal.wait_for("some line")
    terminal.send("\x03")
    assert terminal.wait_exit() == 130
    assert "Traceback" not in terminal.text
