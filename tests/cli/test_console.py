"""`tnb console`: the way that the console is given, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.test_ps import written
from e2e import notebooks
from kept import KeptKernel, state_of_own
from kernelbridge.events import CaughtUp
from kernelbridge.keeper.frontends import FrontendName
from kernelbridge.keeper.home.homes import all_homes
from kernelbridge.session import Session
from kernelbridge.state import Idle
from recording import Recorder
from tui.cli import main
from tui.cli.attach import attach
from tui.console.console import ConsoleOptions


class Program:
    """Stands in for the console: keeps what it is called with."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, Any]] = []
        self.ends_kernel = False

    def __call__(self, way: Any, launch: Any, options: ConsoleOptions) -> int:
        self.calls.append((way, launch))
        self.ends_kernel = options.ends_kernel
        return 5

    async def session(self) -> tuple[Session, Recorder]:
        """Does what the console would: attaches."""
        ((way, launch),) = self.calls
        recorder = Recorder()
        session = Session(way, recorder, FrontendName("console", 1, edits=False))
        session.open(launch)
        await recorder.first(CaughtUp)
        await recorder.state(Idle)
        return session, recorder


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    program = Program()
    monkeypatch.setattr("tui.console.console.run_console", program)
    return program


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


@pytest.mark.kernel
async def test_alone_it_has_a_kernel_of_no_notebook_in_this_folder(
    program: Program, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["console"]) == 5
    assert program.ends_kernel
    session, recorder = await program.session()
    assert session.identity.notebook is None
    run = session.run("import os; print(os.getcwd())")
    await recorder.finished(run)
    assert recorder.text(run) == f"{tmp_path}\n"
    await session.close()


@pytest.mark.kernel
async def test_it_joins_the_kernel_of_a_notebook(program: Program, state: Path, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1"))
    kept = await KeptKernel(path).ready()
    assert main(["console", str(path)]) == 5
    assert not program.ends_kernel
    session, _ = await program.session()
    assert session.identity.keeper == kept.home.name
    await session.close()
    await kept.end()


@pytest.mark.kernel
async def test_it_joins_a_kernel_by_its_id(program: Program, state: Path, tmp_path: Path) -> None:
    kept = await KeptKernel(tmp_path / "a.ipynb").ready()
    assert main(["console", "--existing", kept.home.name[:5]]) == 5
    session, _ = await program.session()
    assert session.identity.keeper == kept.home.name
    assert program.calls[0][1] is None
    await session.close()
    await kept.end()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (["--kernel", "no-such"], "no kernel no-such: "),
        (["--existing", "zz"], "zz: no such connection file"),
        (["missing.ipynb"], "missing.ipynb"),
    ],
)
def test_what_cannot_be_is_one_line(
    said: list[str], line: str, program: Program, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["console", *said]) == 1
    assert line in capsys.readouterr().err
    assert program.calls == []
    assert all_homes() == []


def test_a_kernel_without_a_notebook_is_attached_to_by_a_console(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for home, why in (
        (written(notebook=None), "has no notebook"),
        (written(notebook=str(tmp_path / "gone.ipynb")), "gone.ipynb, which is not there"),
    ):
        assert attach([home.id]) == 1
        err = capsys.readouterr().err
        assert why in err
        assert f"tnb console --existing {home.id} opens a prompt on it" in err
    assert attach([written(host="there").id]) == 1
    assert "runs on there: attach there" in capsys.readouterr().err
    assert attach(["zz"]) == 1
