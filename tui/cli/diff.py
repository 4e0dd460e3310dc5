"""`tnb diff`: how two notebooks differ, cell by cell."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.complaints import complain
from tui.cli.given import STDIN, path_or_stdin, read_given
from tui.cli.parser import Parser
from tui.cli.show import Coloring, coloring

if TYPE_CHECKING:
    from tui.conversion.difference import Compared, Line
    from tui.document.notebook import Notebook

_DESCRIPTION = """\
Shows how two notebooks differ, cell by cell: sources, what outputs say, metadata. Cells are the same by
their ids, else by their text or their place."""

_EPILOG = """\
exit status: 0 if they are the same, 1 if they differ, 2 if one cannot be read

examples:
  tnb diff old.ipynb new.ipynb
  git show HEAD:a.ipynb | tnb diff - a.ipynb
  tnb diff --no-outputs old.ipynb new.ipynb | less -R
  tnb git-setup                                  git diff shows notebooks so
  tnb diff --nbdime old.ipynb new.ipynb          as nbdime shows it, where that is installed
"""
_TROUBLE: Final = 2
"""Exit status: one cannot be read, as diff(1) tells it."""
_NOTHING: Final = os.devnull
"""How git calls the side of a file that is new, or gone."""
_COLORS: Final = {"HEADING": "36", "OLD": "31", "NEW": "32"}


@dataclass(frozen=True, slots=True)
class DiffArguments:
    """Which two, and how."""

    old: Path | None
    """None for what comes on standard input."""
    new: Path | None
    has_outputs: bool = True
    coloring: Coloring = Coloring.AUTO
    as_json: bool = False
    by_nbdime: bool = False
    name: str | None = None
    """Of the file that git asks about, which is to be told that all went well."""


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb diff",
        usage="tnb diff [options] OLD NEW    (- for standard input)",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("old", metavar="OLD", help=argparse.SUPPRESS)
    add("new", metavar="NEW", help=argparse.SUPPRESS)
    add("--no-outputs", action="store_true", help="without outputs and counts")
    add("--color", type=coloring, default=Coloring.AUTO, metavar="WHEN", help="auto, always or never")
    add("--json", action="store_true", help="for programs")
    add("--nbdime", action="store_true", help="let nbdime show it")
    return parser


def parse_diff(argv: Sequence[str]) -> DiffArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does.

    With --git they are the seven that git gives to a program, or nine for a file that got another name.
    """
    if argv[:1] == ["--git"] and len(argv) >= 8:
        name, old, _, _, new = argv[1:6]
        return DiffArguments(Path(old), Path(new), name=name)
    words = parser()
    said = words.parse_args(argv)
    if said.old == said.new == STDIN:
        words.error("only one of them can be standard input")
    return DiffArguments(
        path_or_stdin(said.old),
        path_or_stdin(said.new),
        not said.no_outputs,
        said.color,
        said.json,
        said.nbdime,
    )


def diff(argv: Sequence[str]) -> int:
    """Show it; the exit status."""
    arguments = parse_diff(argv)
    from tui.cli.answering import answer_lines
    from tui.conversion.difference import compared
    from tui.files.errors import FileError

    if arguments.by_nbdime:
        return _by_nbdime(arguments)
    try:
        old, new = (_read(path, arguments) for path in (arguments.old, arguments.new))
    except FileError as error:
        return complain(str(error), _TROUBLE) if arguments.name is None else _as_text(arguments)
    found = compared(old, new)
    if arguments.as_json:
        status = answer_lines([json.dumps(_as_json(found), indent=2)], _TROUBLE)
    else:
        status = answer_lines(_shown(found, arguments), _TROUBLE)
    return status or (0 if found.is_same or arguments.name is not None else 1)


def _read(path: Path | None, arguments: DiffArguments) -> Notebook:
    """Raises CannotRead."""
    from tui.conversion.cleaning import Cleaning, cleaned
    from tui.document.notebook import Notebook

    if str(path) == _NOTHING and arguments.name is not None:
        return Notebook()
    notebook = read_given(path).notebook
    if arguments.has_outputs:
        return notebook
    cells = tuple(replace(cell, outputs=(), execution_count=None) for cell in notebook.cells)
    return cleaned(notebook.with_cells(cells), Cleaning())


def _shown(found: Compared, arguments: DiffArguments) -> Iterator[str]:
    from tui.conversion.difference import lines
    from tui.files.errors import shown

    if found.is_same:
        return
    old, new = arguments.old or Path("standard input"), arguments.new or Path("standard input")
    if arguments.name is not None:
        old, new = Path("a", arguments.name), Path("b", arguments.name)
    has_colors = arguments.coloring is Coloring.ALWAYS or (
        arguments.coloring is Coloring.AUTO and _shows_colors(arguments)
    )
    yield _painted("1", f"--- {shown(old)}") if has_colors else f"--- {shown(old)}"
    yield _painted("1", f"+++ {shown(new)}") if has_colors else f"+++ {shown(new)}"
    for line in lines(found):
        yield _colored(line) if has_colors else line.plain


def _shows_colors(arguments: DiffArguments) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    is_in_pager = arguments.name is not None and bool(os.environ.get("GIT_PAGER_IN_USE"))
    return is_in_pager or (sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb")


def _colored(line: Line) -> str:
    color = _COLORS.get(line.mark.name)
    return line.plain if color is None else _painted(color, line.plain)


def _painted(color: str, text: str) -> str:
    return f"\x1b[{color}m{text}\x1b[m"


def _as_json(found: Compared) -> dict[str, object]:
    from tui.document.comparison import Changed, Moved, Only, Side

    cells: list[dict[str, object]] = []
    for each in found.cells:
        match each:
            case Only(side=Side.OLD, cell=cell, index=index):
                cells.append({"what": "removed", "cell": index, "old_source": cell.source})
            case Only(cell=cell, index=index):
                cells.append({"what": "added", "cell": index, "new_source": cell.source})
            case Changed(old=old, new=new, index=index):
                cells.append(
                    {
                        "what": "changed",
                        "cell": index,
                        "old_source": old.source,
                        "new_source": new.source,
                        "outputs_differ": old.outputs != new.outputs,
                    }
                )
            case Moved(index=index):
                cells.append({"what": "moved", "cell": index})
    return {"cells": cells, "metadata": list(found.metadata)}


def _by_nbdime(arguments: DiffArguments) -> int:
    from importlib.util import find_spec

    if find_spec("nbdime") is None:
        return complain(
            "this needs nbdime, which is not installed: pip install 'tnb[git]' installs it", _TROUBLE
        )
    command = [sys.executable, "-P", "-m", "nbdime.nbdiffapp", str(arguments.old), str(arguments.new)]
    return subprocess.run(command, check=False).returncode


def _as_text(arguments: DiffArguments) -> int:
    """One of them is no notebook: git's own difference of texts."""
    said = ["git", "diff", "--no-index", "--no-ext-diff", "--", str(arguments.old), str(arguments.new)]
    subprocess.run(said, check=False)
    return 0
