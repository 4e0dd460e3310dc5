"""Real widgets of a real kernel, in a terminal."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb

pytestmark = [pytest.mark.e2e, pytest.mark.kernel]

TQDM = """\
import time
from tqdm.notebook import tqdm
for i in tqdm(range(500), desc='work'):
    time.sleep(0.004)
"""
INTERACT = """\
from ipywidgets import interact
@interact(x=(0, 10))
def square(x=3):
    print('square', x * x)
"""
BUTTON = """\
import ipywidgets as widgets
out, button = widgets.Output(), widgets.Button(description='Run')
def clicked(_):
    with out:
        print('into the widget')
    print('into the cell')
button.on_click(clicked)
widgets.VBox([button, out])
"""
SLIDER = """\
import ipywidgets as widgets
slider = widgets.IntSlider(value=5, max=10, description='level')
slider
"""


def test_a_tqdm_bar_runs_to_its_end_and_keys_are_heard_meanwhile(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(TQDM), notebooks.code("'next'"))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"work: +\d\d% +━+[╸─]")
    terminal.send("j")
    terminal.wait_for("2/2")
    terminal.wait_for(r"work: 100% +━+ +500/500")


def test_a_slider_of_interact_changes_what_its_function_prints(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(INTERACT))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("square 9")
    terminal.send("w" + keys.RIGHT)
    terminal.wait_for("square 16")
    terminal.send(keys.RIGHT * 4)
    terminal.wait_for("square 64")


def test_a_buttons_callback_runs_and_its_output_is_where_it_belongs(
    open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(BUTTON))
    terminal = open_notebook(path)
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"\[ Run \]")
    terminal.send("w ")
    terminal.wait_for(r"┊ into the widget\s+▌\s+┊ into the cell")
    terminal.send(keys.ESCAPE + keys.CTRL_S)
    terminal.wait_for("saved")
    assert notebooks.printed(path, 0) == "into the cell\n"


@pytest.mark.parametrize("saves", [False, True], ids=["unsaved", "saved"])
def test_widgets_are_as_they_were_when_the_notebook_is_opened_again(
    saves: bool, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code(SLIDER), notebooks.code(INTERACT))
    first = open_notebook(path)
    first.wait_for("idle")
    first.send(keys.CTRL_R + keys.CTRL_E)
    first.wait_for("square 9")
    first.send("kw" + keys.RIGHT * 2)
    first.wait_for("─ 7")
    first.send(keys.ESCAPE + "jw" + keys.RIGHT + keys.ESCAPE)
    first.wait_for("square 16")
    if saves:
        first.send(keys.CTRL_S)
        first.wait_for("saved")
    first.wait_for("idle")
    os.kill(first.process.pid, signal.SIGKILL)
    first.wait_exit()
    again = open_notebook(path)
    again.wait_for("level ━+●─+ 7")
    again.wait_for("square 16")
    again.send("w" + keys.RIGHT)
    again.wait_for("─ 8")
    assert "widget-state" not in path.read_text(encoding="utf-8")
