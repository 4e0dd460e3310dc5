"""Completion in the real shells: commands, options, words, and the ids of kernels."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from e2e.terminal import Terminal
from programs import isolated_environment, require_program, tnb_command
from tui.cli.shells import SHELLS
from tui.cli.shells.bash import bash
from tui.cli.shells.fish import fish
from tui.cli.shells.zsh import zsh
from tui.cli.table import COMMANDS

TEXTS = {"bash": bash, "zsh": zsh, "fish": fish}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exam.ipynb").touch()
    return tmp_path


def by_bash(folder: Path, line: str) -> list[str]:
    words = line.split(" ")
    (folder / "completion").write_text(bash())
    program = (
        f"source ./completion; COMP_WORDS=({' '.join(words)} ''); COMP_CWORD={len(words) - 1}; "
        "_tnb; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(
        [require_program("bash"), "--norc", "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


def by_fish(folder: Path, line: str) -> list[str]:
    (folder / "completion").write_text(fish())
    done = subprocess.run(
        [require_program("fish"), "-N", "-c", f"source completion; complete -C '{line}'"],
        cwd=folder,
        env=isolated_environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [found.split("\t")[0] for found in done.stdout.splitlines()]


@pytest.mark.parametrize("complete", [by_bash, by_fish])
def test_commands_options_words_and_files_are_completed(complete: object, folder: Path) -> None:
    assert callable(complete)
    assert {"export", "exam.ipynb"} <= set(complete(folder, "tnb ex"))
    assert complete(folder, "tnb export --to mark") == ["markdown"]
    assert complete(folder, "tnb export --tem") == ["--template"]
    assert complete(folder, "tnb --ser") == ["--server"]
    assert complete(folder, "tnb completion f") == ["fish"]
    assert complete(folder, "tnb export exa") == ["exam.ipynb"]
    assert complete(folder, "tnb show --color al") == ["always"]


def test_all_commands_are_offered(folder: Path) -> None:
    assert {each.name for each in COMMANDS} <= set(by_bash(folder, "tnb "))
    assert {each.name for each in COMMANDS} <= set(by_fish(folder, "tnb "))


def test_zsh_completes_them_too(folder: Path) -> None:
    (folder / "_tnb").write_text(zsh())
    environment = {**isolated_environment(folder), "PROMPT": "ready> ", "ZDOTDIR": str(folder)}
    begin = "autoload -Uz compinit; compinit -D -u; source ./_tnb; unsetopt beep"
    (folder / ".zshrc").write_text(f"PROMPT='ready> '\n{begin}\n")
    with Terminal([require_program("zsh"), "-i"], env=environment, cwd=folder) as terminal:
        terminal.wait_for("ready>")
        terminal.send("tnb expo\t")
        terminal.wait_for("tnb export")
        terminal.send("--to mark\t")
        terminal.wait_for("tnb export --to markdown")
        terminal.send("--tem\t")
        terminal.wait_for("markdown --template")
        terminal.send("\x15tnb completion fi\t")
        terminal.wait_for("tnb completion fish")
        terminal.send("\x15tnb git\t")
        terminal.wait_for("tnb git-setup")


@pytest.mark.parametrize("shell", SHELLS)
def test_it_is_printed_as_the_shell_reads_it(shell: str, folder: Path) -> None:
    done = subprocess.run([*tnb_command(), "completion", shell], capture_output=True, text=True, check=True)
    assert done.stdout == TEXTS[shell]()
    path = folder / "completion"
    path.write_text(done.stdout)
    subprocess.run([require_program(shell), "-n", path], check=True)
