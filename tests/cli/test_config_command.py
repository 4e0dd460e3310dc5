"""`tnb config`: where the file is, what holds, and an editor for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli import main
from tui.config import parse_config
from tui.locations import config_file

TEXT = """\
# mine
theme = "dusk"

[kernel]
idle_hours = 3

[keys]
run.all = ["f5"]
"cell.copy" = []

[themes.dusk]
keyword = "#123456"
"""


@pytest.fixture
def file() -> Path:
    path = config_file()
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    return path


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that appends a line, as an editor would be told to."""
    path = tmp_path / "an editor"
    path.write_text('#!/bin/sh\nprintf "%s\\n" "$1" >> "$2"\n')
    path.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{path}' 'mouse = false'")
    return path


def test_the_path_is_told_though_there_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{config_file()}\n"
    assert not config_file().parent.exists()


def test_every_setting_is_told_with_where_it_comes_from(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "show"]) == 0
    shown = capsys.readouterr().out
    for line in (
        f"# {file}",
        'theme = "dusk"  # line 2',
        "mouse = true  # default",
        "kernel.idle_hours = 3  # line 5",
        'keys."run.all" = ["f5"]  # line 8',
        'keys."cell.copy" = []  # line 9',
        'themes.dusk.base = "dark"  # default',
        'themes.dusk.keyword = "#123456"  # line 12',
    ):
        assert line in shown.splitlines()


def test_what_is_shown_is_itself_the_configuration(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["config", "show"])
    assert parse_config(capsys.readouterr().out, file) == parse_config(TEXT, file)


def test_keys_that_clash_are_told_with_the_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\n"run.all" = ["f5"]\n"cell.copy" = ["f5"]\n')
    assert main(["config", "show"]) == 1
    error = capsys.readouterr().err
    assert error == f"tnb: {file}, line 3: F5 is given to cell.copy, but means run.all in command mode\n"


def test_the_editor_is_started_and_what_it_wrote_is_checked(
    editor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "edit"]) == 0
    assert config_file().read_text() == "mouse = false\n"
    assert capsys.readouterr().out == f"{config_file()} is in order\n"


def test_a_file_that_cannot_be_used_after_editing_is_told_with_the_line(
    editor: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "edit"]) == 1  # the line ends up in [themes.dusk]
    said = capsys.readouterr().err
    assert said.startswith(f"tnb: {file}, line 13: nothing in a theme is called 'mouse'")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/no/such/editor", "/no/such/editor: not started, No such file or directory"),
        ("'", "': not started, No closing quotation"),
        ("false", "false ended with status 1"),
    ],
)
def test_an_editor_that_cannot_be_used_is_one_line(
    command: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", command)
    assert main(["config", "edit"]) == 1
    assert capsys.readouterr().err.startswith(f"tnb: {said}")


def test_an_editor_that_writes_nothing_leaves_the_defaults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    assert main(["config", "edit"]) == 0
    assert "was not made" in capsys.readouterr().out
    assert not config_file().exists()
