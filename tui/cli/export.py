"""`tnb export`: a notebook as a page, a document, slides or a program, by nbconvert; or as tnb draws it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.cli.complaints import complain
from tui.cli.exportarguments import DEFAULT, ExportArguments, is_folder
from tui.cli.given import STDIN, path_or_stdin
from tui.cli.parser import Parser
from tui.cli.show import page_width

_DESCRIPTION = """\
Exports a notebook by nbconvert, with the templates, exporters and configuration that are installed. text and
ansi are tnb's own: what tnb show prints, without colours and with them."""

_EPILOG = """\
formats:
  html, slides, markdown, rst, latex, pdf, asciidoc, script, notebook, those of other packages; text, ansi.
  tnb export --formats lists what is installed here. pdf is made by LaTeX or by a browser, whichever there is.

With --Class.trait=VALUE any setting of nbconvert's. The user's own jupyter_nbconvert_config.py is heeded; one
in the current folder only if --config names it, since it is a program.

exit status: 1 if one of them could not be exported, 2 if the command line was not understood

examples:
  tnb export analysis.ipynb                        analysis.html beside it
  tnb export --to pdf -o report.pdf analysis.ipynb
  tnb export --to markdown --no-input *.ipynb      a file, and a folder for its pictures, of each
  tnb export --to script -o - analysis.ipynb | python
  tnb export --execute --tag-remove draft analysis.ipynb
  tnb export --to slides --serve talk.ipynb        and show them in a browser
  git show HEAD:a.ipynb | tnb export --to html -o a.html -
"""
_TRAIT: Final = re.compile(r"--[A-Z]\w*(\.\w+)+=.*", re.DOTALL)
_BY_SUFFIX: Final = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".rst": "rst",
    ".tex": "latex",
    ".pdf": "pdf",
    ".py": "script",
    ".asciidoc": "asciidoc",
    ".txt": "text",
    ".ans": "ansi",
}
_PORT: Final = 8000


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb export",
        usage="tnb export [options] notebook.ipynb... | -\n       tnb export --formats",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("notebooks", nargs="*", metavar="notebook.ipynb", help=argparse.SUPPRESS)
    add("--to", metavar="FORMAT", help="what it becomes; by default what --output ends in, or html")
    add("-o", "--output", metavar="FILE|FOLDER|-", help="where to; by default beside the notebook")
    add("--template", metavar="NAME|FOLDER", help="one of nbconvert's templates, or one of yours")
    add("--config", type=Path, metavar="FILE", help="a file of configuration for nbconvert")
    add("--no-input", action="store_true", help="only prose and outputs, no code")
    add("--no-prompt", action="store_true", help="without In [1]: and Out[1]:")
    add("--tag-remove", action="append", default=[], metavar="TAG,...", help="leave out cells of these tags")
    add("--execute", action="store_true", help="run it first; the notebook's own file is not changed")
    add("--kernel", metavar="NAME", help="run it with this kernel")
    add("--allow-errors", action="store_true", help="go on behind a cell that fails")
    add("--timeout", type=_seconds, metavar="SECONDS", help="for each cell that is run")
    add("--serve", type=_port, metavar="[PORT]", help="show slides in a browser")
    add("--as", dest="called", type=Path, metavar="PATH", help="what standard input is to be called")
    add("--width", type=page_width, metavar="N", help="columns of text and ansi")
    add("--progress", action="store_true", help="tell on stderr which cell it is at, also in a log")
    add("--formats", action="store_true", help="list the formats that are installed")
    add("--json", action="store_true", help="tell what was written, or the formats, for programs")
    return parser


def parse_export(argv: Sequence[str]) -> ExportArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    words = parser()
    end = argv.index("--") if "--" in argv else len(argv)
    traits = tuple(word for word in argv[:end] if _TRAIT.fullmatch(word))
    said = words.parse_args(_port_joined([word for word in argv if word not in traits]))
    if not (said.notebooks or said.formats):
        words.error("which notebook?")
    if said.config is not None and not said.config.is_file():
        words.error(f"{said.config}: there is no such file")
    output = said.output
    if output is not None and output != STDIN and len(said.notebooks) > 1 and not is_folder(output):
        words.error(f"{output} is no folder, and the notebooks are more than one; {output}/ makes one")
    suffix = "" if output is None else Path(output).suffix.lower()
    return ExportArguments(
        tuple(path_or_stdin(word) for word in said.notebooks),
        said.to or ("slides" if said.serve is not None else _BY_SUFFIX.get(suffix, DEFAULT)),
        output,
        said.template,
        said.config,
        not said.no_input,
        not said.no_prompt,
        tuple(tag for tags in said.tag_remove for tag in tags.split(",") if tag),
        traits,
        said.execute,
        said.allow_errors,
        said.kernel,
        said.timeout,
        said.serve,
        said.called or Path("notebook.ipynb"),
        said.width,
        said.json,
        said.progress,
        said.formats,
    )


def export(argv: Sequence[str]) -> int:
    """Export the notebooks; the exit status."""
    arguments = parse_export(argv)
    from tui.cli.ending import end_as_if_interrupted
    from tui.cli.exporting import export_all, list_formats
    from tui.export.chain.errors import ExportError

    if arguments.executes:
        end_as_if_interrupted()
    try:
        return list_formats(arguments) if arguments.only_lists else export_all(arguments)
    except ExportError as error:
        return complain(str(error))


def _port_joined(words: Sequence[str]) -> list[str]:
    """`--serve` and the port behind it as one word: what else follows it is a notebook."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--serve" and word.isascii() and word.isdigit():
            joined[-1] = f"--serve={word}"
        else:
            joined.append(word)
    return [f"--serve={_PORT}" if word == "--serve" else word for word in joined]


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1 << 16):
        raise argparse.ArgumentTypeError("must be a port, from 1 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds")
    return seconds
