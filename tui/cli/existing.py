"""`--existing [FILE|ID]`: how it is said, and which kernel is meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.options import ExistingKernel, KeeperKernel, KernelChoice

if TYPE_CHECKING:
    import argparse

    from kernelbridge.keeper.home.homes import Home

OPTION = "--existing"
METAVAR = "[FILE|ID]"
HELP = "join a running kernel: Jupyter's newest, or this one"
_LONGEST = 1 << 16


class NotRunningError(Exception):
    """There is no such kernel to be joined; its text is one line for a person."""


def chosen_existing(said: argparse.Namespace) -> ExistingKernel | None:
    """What was said with it; None where it was not."""
    return None if said.existing is None else ExistingKernel(said.existing)


def without_ambiguity(argv: Sequence[str] | None) -> list[str]:
    """The arguments, those of the process by default, with the option and its value as one word.

    What follows it is its value unless that is a notebook or another option.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    end = words.index("--") if "--" in words else len(words)
    settled: list[str] = []
    at = 0
    while at < end:
        word = words[at]
        at += 1
        if word == OPTION:
            has_value = at < end and not words[at].startswith("-") and not is_notebook(words[at])
            word = f"{OPTION}={words[at]}" if has_value else f"{OPTION}="
            at += has_value
        settled.append(word)
    return settled + words[end:]


def is_notebook(word: str) -> bool:
    """Whether a word names a notebook, there or not, and not a connection file."""
    if word.endswith(".ipynb"):
        return True
    try:
        with Path(word).open("rb") as file:
            return b'"shell_port"' not in file.read(_LONGEST)
    except (OSError, ValueError):
        return False


def settled(choice: KernelChoice, notebook: Path | None) -> KernelChoice:
    """The choice, and in place of a running kernel that was only named, which one it is.

    Raises NotRunningError where there is none, and KeeperError. Nothing is started.
    """
    if not isinstance(choice, ExistingKernel):
        return choice
    from kernelbridge.connectionfiles import answers, find, newest_that_answers, runtime_folder

    file = find(choice.said) if choice.said else newest_that_answers()
    if file is None:
        if not choice.said:
            raise NotRunningError(f"no kernel answers of those that {runtime_folder()} names")
        return _of_keeper(_named(choice.said), notebook)
    home = _home_with(file)
    if home is not None:
        return _of_keeper(home, notebook)
    if not answers(file):
        raise NotRunningError(f"no kernel answers where {file} says")
    _refuse_another(notebook, str(file))
    return ExistingKernel(str(file))


def _named(said: str) -> Home:
    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.keeper.home.homes import by_id

    try:
        return by_id(said)
    except HomeError as error:
        raise NotRunningError(f"{said}: no such connection file, and {error}") from None


def _home_with(file: Path) -> Home | None:
    """Our own keeper of the kernel that a connection file is of."""
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import all_homes

    real = os.path.realpath(file)
    for home in all_homes():
        has_it = home.meta.connection_file and os.path.realpath(home.meta.connection_file) == real
        if has_it and home.condition in (Condition.LIVE, Condition.LOST):
            return home
    return None


def _of_keeper(home: Home, notebook: Path | None) -> KeeperKernel:
    from kernelbridge.keeper.home.condition import Condition

    match home.condition:
        case Condition.ELSEWHERE:
            raise NotRunningError(f"the kernel {home.id} runs on {home.meta.host}, and can be joined there")
        case Condition.ENDED:
            raise NotRunningError(f"the kernel {home.id} has ended")
        case Condition.LIVE | Condition.LOST:
            pass
    if notebook is not None and home.meta.notebook == os.path.realpath(notebook):
        return KeeperKernel(home.path)
    _refuse_another(notebook, home.meta.connection_file)
    return KeeperKernel(home.path, is_guest=True)


def _refuse_another(notebook: Path | None, connection_file: str) -> None:
    """A notebook has one kernel at a time."""
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import home_of_notebook

    home = None if notebook is None else home_of_notebook(notebook)
    if home is None or home.condition not in (Condition.LIVE, Condition.LOST):
        return
    if home.meta.connection_file != connection_file:
        raise NotRunningError(f"{notebook} has a running kernel; tnb stop {home.id} ends it")
