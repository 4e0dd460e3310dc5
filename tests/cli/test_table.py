"""The table of commands: what is in it can be run, asked for help, completed, and is in the manual page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.arguments import parser
from tui.cli.manpage import man_page
from tui.cli.table import COMMANDS, Command

PAGE = Path(__file__).parents[2] / "docs" / "tnb.1"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_tells_of_itself_with_examples(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: tnb {command.name}")
    assert "examples:" in shown
    assert shown.isascii()
    assert max(map(len, shown.splitlines())) <= 115
    assert all(option.about for option in command.parser().options())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_its_prose_is_as_wide_as_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    blocks = command.parser().format_help().split("\n\n")[1:]
    prose = [line for block in blocks if "\n " not in block for line in block.splitlines()]
    assert prose
    assert max(map(len, prose)) <= 60


def test_the_help_of_tnb_has_a_line_for_each() -> None:
    shown = parser().format_help()
    for command in COMMANDS:
        assert f"  {command.name:<12} {command.summary}" in shown


def test_the_manual_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page(), "run: make man"


def test_a_line_of_the_manual_page_is_no_request_by_chance() -> None:
    requests = {line.split()[0] for line in man_page().splitlines() if line.startswith(".")}
    assert requests <= {'.\\"', ".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi"}
    assert not any(line.startswith("'") for line in man_page().splitlines())
