"""Which command is meant: a first word that names one wins over a notebook of that name."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def run(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process by default; each command loads what it needs itself."""
    words = list(sys.argv[1:] if argv is None else argv)
    match words[:1]:
        case ["ps"]:
            from tui.cli.ps import ps

            return ps(words[1:])
        case ["attach"]:
            from tui.cli.attach import attach

            return attach(words[1:])
        case ["stop"]:
            from tui.cli.stop import stop

            return stop(words[1:])
        case ["console"]:
            from tui.cli.console import console

            return console(words[1:])
        case ["show"]:
            from tui.cli.show import show

            return show(words[1:])
        case ["run"]:
            from tui.cli.run import run as run_notebook

            return run_notebook(words[1:])
        case _:
            from tui.cli.arguments import parse
            from tui.cli.open import open_notebook

            return open_notebook(parse(words))
