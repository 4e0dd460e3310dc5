"""Opening a notebook, up to the moment when the screen is taken over: from outside, with no terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from e2e import notebooks
from programs import tnb_command

UNREADABLE = {
    "empty": b"",
    "text": b"hello\n",
    "half": b'{"cells": [{"cell_type": "code", "sou',
    "a list": b"[1, 2]",
    "latin-1": b'{"cells": "\xe9"}',
    "binary": bytes(range(256)),
    "an LFS pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
    "merge markers": b'{\n<<<<<<< HEAD\n "cells": []\n=======\n "cells": [1]\n>>>>>>> other\n}\n',
}


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*tnb_command(), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=cwd
    )


def assert_one_safe_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.stdout == ""
    assert done.stderr.startswith("tnb: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr[:-1].isprintable()


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_is_no_notebook_is_one_line_and_status_1(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_bytes(UNREADABLE[kind])
    done = run(path)
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert "bad.ipynb" in done.stderr
    assert path.read_bytes() == UNREADABLE[kind]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_something_to_choose_in_and_that_takes_a_terminal(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("tnb: it draws on a terminal")


def test_a_link_that_leads_to_itself_is_no_notebook(tmp_path: Path) -> None:
    link = tmp_path / "loop.ipynb"
    link.symlink_to(link)
    done = run(link)
    assert done.returncode == 1
    assert_one_safe_line(done)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    done = run(tmp_path / f"{'a' * 300}.ipynb")
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert "File name too long" in done.stderr


def test_what_is_wrong_with_a_file_comes_before_what_is_wrong_with_the_terminal(tmp_path: Path) -> None:
    assert run(tmp_path / "missing" / "new.ipynb").returncode == 1


def test_a_new_notebook_needs_a_folder_that_exists(tmp_path: Path) -> None:
    done = run(tmp_path / "missing" / "new.ipynb")
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert "there is no folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_no_notebooks_is_taken_for_a_slip(tmp_path: Path) -> None:
    done = run("analysis.ipyn", cwd=tmp_path)
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert "the name of a new notebook ends in .ipynb" in done.stderr


@pytest.mark.parametrize("name", ["\x1b[2J\x1b]52;c;aGk=\x07.ipynb", "two\nlines.ipynb", "\u202egnp.ipynb"])
def test_a_hostile_name_reaches_the_terminal_as_harmless_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"not a notebook")
    done = run(path)
    assert done.returncode == 1
    assert_one_safe_line(done)


def test_a_wrong_setting_is_one_line_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    config.write_text('mouse = true\ntheme = "\\u001b[31mred"\n')
    monkeypatch.setenv("TNB_CONFIG", str(config))
    done = run(notebooks.write(tmp_path / "a.ipynb"))
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert f"{config}, line 2: theme is no theme" in done.stderr


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        ('"cell.dance" = ["f5"]', "there is no action 'cell.dance'"),
        ('"cell.last" = ["strg+x"]', "cell.last: there is no modifier 'strg' in 'strg+x'"),
        ('cell.first = "f5"\ncell.last = "f5"', "F5 is given to cell.last"),
    ],
)
def test_a_wrong_choice_of_keys_is_one_line_with_its_place(
    choice: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"mouse = true\n\n[keys]\n{choice}\n")
    monkeypatch.setenv("TNB_CONFIG", str(config))
    done = run(notebooks.write(tmp_path / "a.ipynb"))
    assert done.returncode == 1
    assert_one_safe_line(done)
    assert f"{config}, line {3 + len(choice.splitlines())}: {problem}" in done.stderr


def test_without_a_terminal_it_says_so_and_touches_nothing(tmp_path: Path) -> None:
    done = run(tmp_path / "new.ipynb")
    assert done.returncode == 2
    assert_one_safe_line(done)
    assert done.stderr == "tnb: it draws on a terminal, and standard input is not one\n"
    assert list(tmp_path.iterdir()) == []
