"""`tnb convert`: notebooks to text formats and back, by jupytext."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.complaints import FAILED, complain
from tui.cli.given import STDIN, path_or_stdin
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from tui.files.notebookfile import NotebookFile

_DESCRIPTION = """\
Converts a notebook to a text format of jupytext's, or a text back to a notebook. A notebook that is
there already is updated with --update: it gets the cells of the text, and keeps the outputs of those
that did not change, their metadata, and every byte of the rest."""

_EPILOG = """\
formats: auto:percent (a script with # %% between cells, in the notebook's language), py:light, md, md:myst,
Rmd, qmd and the others of jupytext. Without --to it is what --output ends in.

exit status: 1 if it cannot be done, or with --check if it would change; 2 if the command line was not
understood

examples:
  tnb convert -o analysis.py analysis.ipynb
  tnb convert --to md:myst -o - analysis.ipynb
  tnb convert -o analysis.ipynb analysis.py             a new notebook
  tnb convert --update -o analysis.ipynb analysis.py    the notebook with the script's cells
  tnb convert --check -o analysis.py analysis.ipynb     for pre-commit: are they the same?
  tnb convert --from py:percent -o - - < analysis.py | tnb show -
"""
_NOTEBOOK: Final = "ipynb"
_DEFAULT: Final = "auto:percent"
_SCRIPTS: Final = {"py", "r", "jl", "m", "js", "ts", "scala", "cs", "rs", "sh"}


@dataclass(frozen=True, slots=True)
class ConvertArguments:
    """What is to become what."""

    source: Path | None
    """None for what comes on standard input."""
    from_: str
    output: str
    to: str
    updates: bool = False
    overwrites: bool = False
    only_checks: bool = False


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb convert",
        usage="tnb convert [options] -o FILE|- FILE|-",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("source", metavar="FILE|-", help=argparse.SUPPRESS)
    add("-o", "--output", required=True, metavar="FILE|-", help="where to")
    add("--to", metavar="FORMAT", help="what it becomes, ipynb for a notebook")
    add("--from", dest="from_", metavar="FORMAT", help="what it is; by default what its name ends in")
    add("--update", action="store_true", help="change the notebook that is there, and keep its outputs")
    add("--force", action="store_true", help="write over another file")
    add("--check", action="store_true", help="write nothing, and say whether it would change")
    return parser


def parse_convert(argv: Sequence[str]) -> ConvertArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    words = parser()
    said = words.parse_args(argv)
    from_ = said.from_ or _format_of(said.source) or _NOTEBOOK
    to = said.to or _format_of(said.output) or (_DEFAULT if from_ == _NOTEBOOK else _NOTEBOOK)
    if (from_ == _NOTEBOOK) == (to == _NOTEBOOK):
        words.error("one of the two is a notebook, the other is text")
    if said.update and (to != _NOTEBOOK or said.output == STDIN):
        words.error("--update is for a notebook that is there")
    return ConvertArguments(
        path_or_stdin(said.source), from_, said.output, to, said.update, said.force, said.check
    )


def convert(argv: Sequence[str]) -> int:
    """Convert it; the exit status."""
    arguments = parse_convert(argv)
    from tui.conversion.errors import ConversionError
    from tui.files.errors import FileError

    try:
        return _to_notebook(arguments) if arguments.to == _NOTEBOOK else _to_text(arguments)
    except (ConversionError, FileError) as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{arguments.output}: not written, {error.strerror or error}")


def _to_text(arguments: ConvertArguments) -> int:
    from tui.cli.given import read_given
    from tui.conversion.textformats import as_text

    notebook = read_given(arguments.source).data.decode("utf-8", "replace")
    return _put(arguments, as_text(notebook, arguments.to).encode("utf-8", "replace"))


def _to_notebook(arguments: ConvertArguments) -> int:
    import sys

    from tui.cli.rewriting import rewrite
    from tui.conversion.textformats import from_text, updated
    from tui.files.regularfile import read_bytes, read_stream

    name = arguments.source or Path("standard input")
    data = read_bytes(name) if arguments.source is not None else read_stream(name, sys.stdin.buffer)
    text = from_text(data.decode("utf-8", "replace"), arguments.from_)
    there = _there(arguments)
    if there is None:
        return _put(arguments, text.encode("utf-8", "replace"))
    return rewrite(there, updated(there.notebook, text, name), only_checks=arguments.only_checks)


def _there(arguments: ConvertArguments) -> NotebookFile | None:
    """The notebook to be updated, or compared with; None where there is none."""
    from tui.files.notebookfile import read

    path = Path(arguments.output)
    is_wanted = arguments.updates or (arguments.only_checks and arguments.output != STDIN and path.exists())
    return read(path) if is_wanted else None


def _put(arguments: ConvertArguments, data: bytes) -> int:
    from tui.cli.answering import answer_bytes
    from tui.cli.rewriting import holds
    from tui.files.opened import save_new, save_over

    if arguments.output == STDIN:
        return answer_bytes(data)
    path = Path(arguments.output)
    if holds(path, data):
        return 0
    if arguments.only_checks:
        return complain(f"{path} would change", FAILED)
    if not path.exists():
        save_new(path, data)
        return 0
    if not arguments.overwrites:
        update = ", --update changes its cells" if arguments.to == _NOTEBOOK else ""
        return complain(f"{path} is there already: --force writes over it{update}")
    save_over(path, data)
    return 0


def _format_of(name: str) -> str:
    """The format of files of that name; empty where it does not tell."""
    suffix = "" if name == STDIN else Path(name).suffix.removeprefix(".")
    return f"{suffix}:percent" if suffix.lower() in _SCRIPTS else suffix
