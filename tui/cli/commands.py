"""Which command is meant: a first word that names one wins over a notebook of that name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui.lean.classes import write_methods_late
from tui.lean.libraries import load_paths
from tui.lean.patterns import compile_patterns_late


def run(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process by default; each command loads what it needs itself."""
    compile_patterns_late()
    write_methods_late()
    load_paths()
    from tui.cli.table import BY_NAME

    words = list(sys.argv[1:] if argv is None else argv)
    command = BY_NAME.get(words[0]) if words else None
    if command is not None:
        return command.run(words[1:])
    from tui.cli.open import open_notebook
    from tui.cli.said import understood

    return open_notebook(understood(words))
