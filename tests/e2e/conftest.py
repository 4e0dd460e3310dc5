"""tnb in a pseudo-terminal, in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from e2e.terminal import Terminal
from programs import isolated_environment, tnb_command


class OpenTnb(Protocol):
    """Starts tnb on a notebook; the terminal is closed when the test ends."""

    def __call__(
        self,
        notebook: Path | str,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> Terminal: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of the user who runs tnb."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def command() -> list[str]:
    """What runs tnb."""
    return tnb_command()


@pytest.fixture
def open_tnb(command: list[str], home: Path, tmp_path: Path) -> Iterator[OpenTnb]:
    with ExitStack() as terminals:

        def start(
            notebook: Path | str,
            *arguments: str,
            size: tuple[int, int] = (80, 24),
            env: dict[str, str] | None = None,
            cwd: Path | None = None,
            answers: Mapping[bytes, bytes] | None = None,
        ) -> Terminal:
            columns, rows = size
            argv = [*command, *arguments, notebook]
            environment = {**isolated_environment(home), **(env or {})}
            return terminals.enter_context(
                Terminal(
                    argv, columns=columns, rows=rows, env=environment, cwd=cwd or tmp_path, answers=answers
                )
            )

        yield start
    assert list(home.glob(".local/state/tnb/reports/[0-9]*")) == [], "a bug was reported"


@pytest.fixture
def open_notebook(open_tnb: OpenTnb) -> OpenTnb:
    """As `open_tnb`, once the notebook is shown: keys sent before a program takes the terminal are lost."""

    def start(
        notebook: Path | str,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Terminal:
        terminal = open_tnb(notebook, *arguments, size=size, env=env, cwd=cwd)
        terminal.wait_for(r"\b1/\d+\n")
        return terminal

    return start
