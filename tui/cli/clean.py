"""`tnb clean`: takes out of notebooks what running them left."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.complaints import complain
from tui.cli.given import path_or_stdin, read_given
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from tui.conversion.cleaning import Cleaning

_DESCRIPTION = """\
Takes outputs, counts and chosen metadata out of notebooks, and leaves every other byte as it is. Outputs
of cells with the tag keep_output stay. What comes on standard input goes cleaned to standard output."""

_EPILOG = """\
exit status: 0 if all is clean, with --check 1 if a file would change; 1 if one cannot be read or written,
2 if the command line was not understood

examples:
  tnb clean analysis.ipynb
  tnb clean --check notebooks/*.ipynb                 for pre-commit and CI
  tnb clean --keep-outputs --cell-metadata collapsed,scrolled,ExecuteTime a.ipynb
  tnb clean - < a.ipynb > b.ipynb
  tnb git-setup --clean                               git does it to what is committed
"""


@dataclass(frozen=True, slots=True)
class CleanArguments:
    """Which notebooks, and what of them."""

    notebooks: tuple[Path | None, ...]
    """None for what comes on standard input."""
    cleaning: Cleaning
    only_checks: bool = False


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb clean",
        usage="tnb clean [options] notebook.ipynb... | -",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("notebooks", nargs="+", metavar="notebook.ipynb", help=argparse.SUPPRESS)
    add("--keep-outputs", action="store_true", help="leave outputs")
    add("--keep-counts", action="store_true", help="leave execution counts")
    add(
        "--cell-metadata",
        type=_keys,
        default=frozenset(),
        metavar="KEY,...",
        help="of cells, to be taken out",
    )
    add("--notebook-metadata", type=_keys, default=frozenset(), metavar="KEY,...", help="of notebooks")
    add("--check", action="store_true", help="change nothing, name the files that would change")
    return parser


def parse_clean(argv: Sequence[str]) -> CleanArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    from tui.conversion.cleaning import Cleaning

    said = parser().parse_args(argv)
    return CleanArguments(
        tuple(path_or_stdin(word) for word in said.notebooks),
        Cleaning(not said.keep_outputs, not said.keep_counts, said.cell_metadata, said.notebook_metadata),
        said.check,
    )


def clean(argv: Sequence[str]) -> int:
    """Clean them; the exit status."""
    arguments = parse_clean(argv)
    from tui.files.errors import FileError

    status = 0
    for notebook in arguments.notebooks:
        try:
            status = _clean(notebook, arguments) or status
        except FileError as error:
            status = complain(str(error))
    return status


def _clean(notebook: Path | None, arguments: CleanArguments) -> int:
    """Raises FileError."""
    from tui.cli.answering import answer_bytes
    from tui.cli.rewriting import rewrite
    from tui.conversion.cleaning import cleaned

    file = read_given(notebook)
    found = cleaned(file.notebook, arguments.cleaning)
    if notebook is not None or arguments.only_checks:
        return rewrite(file, found, only_checks=arguments.only_checks)
    return answer_bytes(file.encode(found))


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for key in text.split(",") if key)
