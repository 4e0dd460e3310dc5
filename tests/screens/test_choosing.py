"""Choosing another kernel in a notebook: what it leads to, what the notebook says, what is remembered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kernelbridge.environments import EnvironmentKind
from kernelbridge.foundkernels import Elsewhere, RunningNow
from kernelbridge.keeper.launches import LocalLaunch, ServerLaunch
from kernelbridge.kernelchoices import (
    Choice,
    EnvironmentChoice,
    InstalledChoice,
    JoinKeeper,
    Target,
    UvChoice,
)
from kernelbridge.outputs import JsonObject
from kernelchoosing import KEEPER, NEW_ON_SERVER, NO_ANSWER, NOW
from pythonenvironments import make_environment, was_run
from tui.controller import Controller
from tui.document.changes import Changes
from tui.document.notebook import Notebook
from tui.files.notebookfile import read
from tui.locations import config_folder, state_folder
from tui.screens.kernelpicker import KernelPickerScreen
from tui.screens.notebook.choosing import choose_kernel
from tui.theme import Palette, own_themes
from tui.trustedenvironments import is_trusted
from tui.view.viewstate import ViewState
from tui.widgets.hintline import Severity

METADATA: JsonObject = {
    "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
    "language_info": {"name": "R"},
}


@dataclass
class Kernel:
    """Remembers what it was switched to."""

    running: RunningNow | None = None
    switched: list[tuple[Target, tuple[str, ...]]] = field(default_factory=list)

    def switch(self, launch: Target, named: tuple[str, ...]) -> None:
        self.switched.append((launch, named))


@dataclass
class Program:
    """Keeps the list open, as a person would who thinks."""

    offered: Sequence[Choice] = ()
    chosen: Callable[[Choice], None] | None = None

    def lay_over(self, picker: KernelPickerScreen, chosen: Callable[[Choice], None]) -> None:
        self.offered, self.chosen = picker.choices, chosen

    def choose(self, fits: Callable[[Choice], bool]) -> Choice:
        assert self.chosen is not None
        choice = next(choice for choice in self.offered if fits(choice))
        self.chosen(choice)
        return choice


class Screen:
    """A notebook's screen as far as choosing a kernel goes."""

    def __init__(self, path: Path, running: RunningNow | None) -> None:
        self.file = read(path)
        self.program = Program()
        self.kernel = Kernel(running)
        self.controller = Controller(self.file.notebook, self)
        self.palette = Palette(own_themes()[0])
        self.state = ViewState(self.notebook.cells[0].key)
        self.said: list[str] = []

    @property
    def notebook(self) -> Notebook:
        return self.controller.document.notebook

    def document_changed(self, changes: Changes) -> None:
        pass

    def debugger_changed(self) -> None:
        pass

    def say(self, text: str, severity: Severity) -> None:
        self.said.append(text)

    def run_worker(
        self, work: Callable[[], Coroutine[None, None, None]], *, exclusive: bool, group: str
    ) -> None:
        asyncio.run(work())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an environment of its own; a kernelspec of bash is installed."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    spec = tmp_path / "jupyter" / "kernels" / "bash"
    spec.mkdir(parents=True)
    content = {"argv": ["/bin/sh", "{connection_file}"], "display_name": "Bash", "language": "bash"}
    (spec / "kernel.json").write_text(json.dumps(content))
    make_environment(tmp_path / "reef" / ".venv", settings="")
    return tmp_path / "reef"


def open_list(
    folder: Path,
    metadata: JsonObject = METADATA,
    *,
    nbformat: int = 4,
    running: RunningNow | None = None,
    source: str = "",
) -> Screen:
    cell = {"cell_type": "code", "source": source, "outputs": [], "metadata": {}, "execution_count": None}
    content = {"cells": [cell], "metadata": metadata, "nbformat": nbformat, "nbformat_minor": 4}
    if nbformat == 3:
        content = {"worksheets": [{"cells": [{**cell, "input": [], "language": "r"}]}], **content}
    path = folder / "reef.ipynb"
    path.write_text(json.dumps(content))
    screen = Screen(path, running)
    choose_kernel(screen, lambda: Elsewhere((KEEPER,), (NEW_ON_SERVER, NO_ANSWER)))
    return screen


def by_title(title: str) -> Callable[[Choice], bool]:
    return lambda choice: choice.title == title


def is_environment(choice: Choice) -> bool:
    return isinstance(choice, EnvironmentChoice)


def test_the_list_has_what_was_found_and_opening_it_changes_nothing(folder: Path) -> None:
    screen = open_list(folder, running=NOW)
    titles = [choice.title for choice in screen.program.offered]
    assert titles[0] == "Python 3"
    assert {"Bash", "Python 3 (reef/.venv)", "Python 3 (gpu)", "hub"} <= set(titles)
    assert screen.notebook.metadata == METADATA
    assert screen.kernel.switched == []
    assert not is_trusted(folder / ".venv")


REQUIREMENTS = "# /// script\n# dependencies = ['numpy']\n# requires-python = '>=3.12'\n# ///\n"


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name, the only one there is."""
    program = tmp_path / "bin" / "uv"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def by_uv(choice: Choice) -> bool:
    return isinstance(choice, UvChoice)


def test_a_notebook_that_says_what_it_needs_can_have_it_by_uv_once_that_is_chosen(
    folder: Path, uv: Path
) -> None:
    screen = open_list(folder, source=REQUIREMENTS)
    written = state_folder().glob("uv-kernel-*")
    assert list(written) == []
    choice = screen.program.choose(by_uv)
    assert choice.title == "uv: from the notebook's own requirements"
    assert choice.detail == "numpy · Python >=3.12"
    ((launch, named),) = screen.kernel.switched
    assert isinstance(launch, LocalLaunch)
    assert launch.argv[0] == str(uv)
    assert named == ("python3", "uv")
    (script,) = state_folder().glob("uv-kernel-*")
    assert str(script) in launch.argv
    assert script.read_text().startswith(REQUIREMENTS.strip())


def test_without_uv_the_list_says_so_in_a_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (choice,) = filter(by_uv, open_list(folder, source=REQUIREMENTS).program.offered)
    assert choice.problem == choice.detail == "uv is not installed here: see https://docs.astral.sh/uv"


def test_a_notebook_that_does_not_say_what_it_needs_is_not_offered_uv(folder: Path, uv: Path) -> None:
    assert not any(map(by_uv, open_list(folder, source="import numpy").program.offered))


def test_what_runs_now_goes_on_when_it_is_chosen(folder: Path) -> None:
    screen = open_list(folder, running=NOW)
    screen.program.choose(by_title("Python 3"))
    assert screen.kernel.switched == []
    assert screen.notebook.metadata == METADATA


def test_a_kernelspec_is_switched_to_and_named_in_the_notebook_until_that_is_undone(folder: Path) -> None:
    screen = open_list(folder)
    choice = screen.program.choose(by_title("Bash"))
    assert isinstance(choice, InstalledChoice)
    assert screen.kernel.switched == [(choice.launch, ("bash",))]
    assert choice.launch.cwd == str(folder)
    assert screen.notebook.metadata == {
        "kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"}
    }
    screen.controller.undo()
    assert screen.notebook.metadata == METADATA
    assert not screen.controller.document.is_modified


def test_the_kernelspec_that_the_notebook_names_changes_nothing_in_it(folder: Path) -> None:
    screen = open_list(folder, {"kernelspec": {"name": "bash", "display_name": "My shell"}})
    screen.program.choose(by_title("Bash"))
    assert len(screen.kernel.switched) == 1
    assert not screen.controller.document.is_modified


def test_an_environment_is_remembered_and_the_notebook_says_only_python3(folder: Path) -> None:
    screen = open_list(folder)
    choice = screen.program.choose(is_environment)
    assert isinstance(choice, EnvironmentChoice)
    assert choice.environment.kind is EnvironmentKind.PROJECT
    assert screen.kernel.switched == [(choice.launch, ("python3", "reef/.venv"))]
    assert is_trusted(folder / ".venv")
    assert screen.notebook.metadata["kernelspec"] == {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    assert not was_run(folder)


def test_an_environment_for_a_notebook_of_python3_changes_nothing_in_it(folder: Path) -> None:
    screen = open_list(folder, {"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    screen.program.choose(is_environment)
    assert not screen.controller.document.is_modified


def test_an_environment_that_cannot_be_remembered_is_used_all_the_same(folder: Path) -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().write_text("in the way")
    screen = open_list(folder)
    screen.program.choose(is_environment)
    assert len(screen.kernel.switched) == 1
    assert screen.said == ["the choice cannot be remembered: File exists"]


def test_a_kept_kernel_is_joined_and_the_notebook_stays_as_it_is(folder: Path) -> None:
    screen = open_list(folder)
    screen.program.choose(by_title("Python 3 (gpu)"))
    assert screen.kernel.switched == [(JoinKeeper(KEEPER.id), ("Python 3 (gpu)",))]
    assert not screen.controller.document.is_modified


def test_a_server_s_kernel_is_named_in_the_notebook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TNB_SERVER_TOKEN", "secret")
    screen = open_list(folder)
    screen.program.choose(lambda choice: choice.section.value == "On servers")
    ((launch, named),) = screen.kernel.switched
    assert isinstance(launch, ServerLaunch)
    assert (launch.url, launch.token) == (NEW_ON_SERVER.url, "secret")
    assert launch.path.endswith("reef/reef.ipynb")
    assert named == ("python3", "lab")
    assert screen.notebook.metadata["kernelspec"] == {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }


def test_without_a_usable_file_of_servers_nothing_is_switched_and_it_is_said_why(folder: Path) -> None:
    screen = open_list(folder)
    config_folder().mkdir(parents=True)
    (config_folder() / "servers.toml").touch(mode=0o644)
    (config_folder() / "servers.toml").chmod(0o644)
    screen.program.choose(lambda choice: choice.section.value == "On servers")
    assert screen.kernel.switched == []
    assert "chmod 600" in screen.said[0]
    assert not screen.controller.document.is_modified


def test_a_notebook_that_may_not_be_changed_gets_the_kernel_and_no_change(folder: Path) -> None:
    screen = open_list(folder, nbformat=3)
    assert screen.file.read_only is not None
    screen.program.choose(by_title("Bash"))
    assert len(screen.kernel.switched) == 1
    assert not screen.controller.document.is_modified


def test_paths_in_the_home_folder_are_shown_as_people_write_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    screen = open_list(folder)
    details = [choice.detail for choice in screen.program.offered if is_environment(choice)]
    assert details == ["project · ~/reef/.venv/bin/python"]
