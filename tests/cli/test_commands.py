"""Which command a first word is, and what each takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.arguments import parse
from tui.cli.attach import AttachArguments, parse_attach
from tui.cli.console import ConsoleArguments, parse_console
from tui.cli.ps import PsArguments, parse_ps
from tui.cli.said import Arguments
from tui.cli.stop import StopArguments, parse_stop
from tui.options import DefaultKernel, ExistingKernel, NamedKernel

COMMANDS = ("ps", "attach", "stop", "console", "config")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with files of these names."""
    for name in COMMANDS:
        (tmp_path / name).write_text("{")
    (tmp_path / "there").write_text("{")
    (tmp_path / "kernel.json").write_text('{"shell_port": 1}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_wins_over_a_file_of_its_name(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: tnb {command}")
    assert "examples:" in shown
    assert shown.isascii()
    assert max(map(len, shown.splitlines())) <= 115


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_opens_the_file(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([f"./{command}"]) == 1
    assert f"{command}: " in capsys.readouterr().err


def test_the_help_of_tnb_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for word in (*COMMANDS, "./ps", "--existing"):
        assert word in shown


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (["--existing", "a.ipynb"], ""),
        (["a.ipynb", "--existing"], ""),
        (["--existing", "--theme", "dark", "a.ipynb"], ""),
        (["--existing", "--", "a.ipynb"], ""),
        (["--existing", "abc", "a.ipynb"], "abc"),
        (["a.ipynb", "--existing", "abc"], "abc"),
        (["--existing=abc", "a.ipynb"], "abc"),
        (["--existing=x.ipynb", "a.ipynb"], "x.ipynb"),
        (["--existing", "kernel.json", "a.ipynb"], "kernel.json"),
    ],
)
def test_what_follows_existing_is_its_value_unless_it_is_a_notebook(
    said: list[str], named: str, folder: Path
) -> None:
    meant = parse(said)
    assert (meant.notebook, meant.kernel) == (Path("a.ipynb"), ExistingKernel(named))


def test_a_file_that_is_there_is_a_notebook_whatever_its_name(folder: Path) -> None:
    assert parse(["--existing", "there"]) == Arguments(Path("there"), ExistingKernel(""), None)


def test_the_commands_arguments_are_values() -> None:
    assert parse_ps([]) == PsArguments()
    assert parse_ps(["--json"]) == PsArguments(as_json=True)
    assert parse_ps(["--connection-file", "ab"]) == PsArguments(connection_file_of="ab")
    assert parse_attach(["ab", "--theme", "dark"]) == AttachArguments("ab", "dark")
    assert parse_stop(["ab", "cd"]) == StopArguments(("ab", "cd"))
    assert parse_stop(["--all", "--discard"]) == StopArguments((), discard=True)
    assert parse_console([]) == ConsoleArguments(DefaultKernel())
    assert parse_console(["--kernel", "ir", "a.ipynb"]) == ConsoleArguments(
        NamedKernel("ir"), Path("a.ipynb")
    )
    assert parse_console(["--existing", "a.ipynb"]) == ConsoleArguments(ExistingKernel(), Path("a.ipynb"))
    assert parse_console(["--existing", "ab"]) == ConsoleArguments(ExistingKernel("ab"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["stop"], "which? an ID, or --all (see tnb stop --help)"),
        (["stop", "--all", "ab"], "without any ID (see tnb stop --help)"),
        (["attach"], "required: ID (see tnb attach --help)"),
        (["ps", "ab"], "unrecognized arguments: ab (see tnb ps --help)"),
        (["ps", "--json", "--connection-file", "ab"], "not allowed with"),
        (["console", "--existing", "--kernel", "ir"], "not allowed with"),
        (["--existing", "--kernel", "ir", "a.ipynb"], "not allowed with"),
    ],
)
def test_what_is_not_understood_is_one_line_and_status_2(
    said: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(said)
    assert ended.value.code == 2
    assert answer in capsys.readouterr().err
