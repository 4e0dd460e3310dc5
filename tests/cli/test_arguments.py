"""The command line: what may be said, and what is answered."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.arguments import parse
from tui.cli.said import Arguments
from tui.options import DefaultKernel, NamedKernel, PythonKernel, ServerChoice, WithoutKernel

PYTHON = Path("/e/bin/python")
HUB = "https://hub/user/ann"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (["a.ipynb"], Arguments(Path("a.ipynb"), DefaultKernel(), None)),
        (["--kernel", "ir", "a.ipynb"], Arguments(Path("a.ipynb"), NamedKernel("ir"), None)),
        (["--python", "/e/bin/python", "a.ipynb"], Arguments(Path("a.ipynb"), PythonKernel(PYTHON), None)),
        (["a.ipynb", "--no-kernel"], Arguments(Path("a.ipynb"), WithoutKernel(), None)),
        (["--theme", "nord", "a.ipynb"], Arguments(Path("a.ipynb"), DefaultKernel(), "nord")),
        (["--server", HUB, "a.ipynb"], Arguments(Path("a.ipynb"), ServerChoice(f"{HUB}/"), None)),
        (
            ["--kernel", "ir", "a.ipynb", "--server", HUB],
            Arguments(Path("a.ipynb"), ServerChoice(f"{HUB}/", "ir"), None),
        ),
        (["--", "-a.ipynb"], Arguments(Path("-a.ipynb"), DefaultKernel(), None)),
    ],
)
def test_what_is_said_is_what_is_meant(said: list[str], meant: Arguments) -> None:
    assert parse(said) == meant


def test_a_python_is_where_it_was_written_even_where_it_is_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python").symlink_to("/usr/bin/python3")
    monkeypatch.chdir(tmp_path)
    assert parse(["--python", "python", "a.ipynb"]).kernel == PythonKernel(tmp_path / "python")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["a.ipynb", "b.ipynb"], "unrecognized arguments: b.ipynb"),
        (["--kern", "ir", "a.ipynb"], "unrecognized arguments"),
        (["--kernel", "ir", "--no-kernel", "a.ipynb"], "not allowed with argument"),
        (["--python", "p", "--no-kernel", "a.ipynb"], "not allowed with argument"),
        (["--python", "p", "--kernel", "ir", "a.ipynb"], "not allowed with argument"),
        (["--kernel", "", "a.ipynb"], "must name a kernel"),
        (["--python", "", "a.ipynb"], "must be the path of a Python"),
        (["--theme", "draculla", "a.ipynb"], "did you mean 'dracula'?"),
        (["--server", f"{HUB}?token=secret", "a.ipynb"], "holds a token"),
        (["--server", f"{HUB}#token=secret", "a.ipynb"], "holds a token"),
        (["--server", "https://ann:secret@hub/", "a.ipynb"], "holds a user or a password"),
        (["--server", f"{HUB}?secret", "a.ipynb"], "leave out what follows"),
        (["--server", "ftp://secret", "a.ipynb"], "begins with https:// or http://"),
        (["--server", HUB, "--no-kernel", "a.ipynb"], "--server goes with"),
        (["--server", HUB, "--python", "p", "a.ipynb"], "--server goes with"),
        (["--server", HUB, "--existing=x", "a.ipynb"], "--server goes with"),
        (["--server", HUB, "--kernel", "ssh://gpu", "a.ipynb"], "--server goes with"),
        (["--server", HUB, "ssh://gpu/a.ipynb"], "--server goes with"),
        (["a.ipynb", "\x1b[2J\x1b]0;title\x07"], "unrecognized arguments"),
    ],
)
def test_what_is_not_understood_is_one_safe_line_and_status_2(
    said: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(said)
    out, err = capsys.readouterr()
    assert ended.value.code == 2
    assert out == ""
    assert err.startswith("tnb: ")
    assert answer in err
    assert "secret" not in err
    assert err.endswith(" (see tnb --help)\n")
    assert err[:-1].isprintable()


def test_version_says_which_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"tnb {version('tnb')}\n"


def test_help_is_short_and_shows_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.isascii()
    assert len(shown.splitlines()) < 60
    assert max(map(len, shown.splitlines())) <= 100
    for word in (
        "--kernel NAME",
        "--python PATH",
        "--no-kernel",
        "--server URL",
        "--theme",
        "ctrl+r",
        "ctrl+p",
        "ctrl+q",
        "TNB_CONFIG",
    ):
        assert word in shown
