"""The line at the top says what there is and what the kernel does, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.state import Busy, Dead, Idle, KernelState, Missing
from kernelbridge.transports.base import Connected
from tui.render.rowops import plain, row_width
from tui.widgets.topline import Status, top_row


def line(
    width: int,
    *,
    name: str = "notes.ipynb",
    kernel: tuple[str, ...] = ("python3", "analysis"),
    state: KernelState | None = None,
    modified: bool = False,
    queued: int = 0,
    away: str = "",
    title: str = "",
) -> str:
    status = Status(name, modified, "", kernel, state or Idle(), Connected(), queued, 3, 42, away, title)
    row = top_row(status, width)
    assert row_width(row) == width
    return plain(row)


def test_it_tells_file_kernel_state_and_place() -> None:
    text = line(80, modified=True)
    assert text.startswith(" notes.ipynb ●   python3 · analysis ")
    assert text.endswith(" idle  3/42 ")


def test_a_kernel_is_called_what_people_call_it_where_there_is_room() -> None:
    assert "   Python 3 (ipykernel) · analysis " in line(80, title="Python 3 (ipykernel)")
    assert "   python3 · analysis " in line(50, title="Python 3 (ipykernel)")
    assert "   Python 3 (analysis)   " in line(80, title="Python 3 (analysis)")


def test_it_counts_what_waits() -> None:
    assert "busy +2" in line(80, state=Busy(0), queued=2)


def test_a_kernel_that_is_not_there_and_one_that_cannot_be_started_differ() -> None:
    assert "✗ no such kernel" in line(80, state=Missing("r", "install it"))
    assert "✗ kernel cannot be started" in line(80, state=Missing("r", "no such file", is_installed=True))


def test_a_server_that_is_away_hides_the_state_but_not_the_end_of_a_kernel() -> None:
    assert " ✗ server away +1  3/42" in line(80, state=Busy(0), queued=1, away="it cannot be reached")
    assert "✗ kernel died" in line(80, state=Dead("it died", ()), away="it cannot be reached")


def test_a_kernel_that_died_says_how() -> None:
    assert "✗ kernel died: ended by SIGKILL  3/42 " in line(80, state=Dead("ended by SIGKILL", ()))


def test_where_room_is_short_the_kernel_s_name_goes_first_and_then_a_long_file_name_is_cut() -> None:
    text = line(30, name="a-very-long-name-of-a-notebook.ipynb", modified=True)
    assert "python3" not in text
    assert "… ●" in text
    assert text.endswith("idle  3/42 ")


@pytest.mark.parametrize("width", [40, 80])
def test_a_long_reason_leaves_room_for_the_name(width: int) -> None:
    text = line(width, state=Dead("there is no such program: " + "x" * 200, ()))
    assert "notes.ipynb" in text
    assert "…  3/42 " in text


@given(st.text(max_size=60), st.text(max_size=60), st.integers(min_value=40, max_value=200))
def test_whatever_the_names_are_it_fills_the_line_with_printable_text(
    name: str, kernel: str, width: int
) -> None:
    text = line(width, name=name, kernel=(kernel,), state=Dead(kernel, ()))
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
