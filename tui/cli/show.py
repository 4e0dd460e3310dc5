"""`tnb show`: prints a notebook, to a pipe, the terminal or a pager."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.arguments import theme
from tui.cli.cellranges import cell_ranges
from tui.cli.complaints import complain
from tui.cli.given import path_or_stdin, read_given
from tui.cli.parser import Parser
from tui.config import Config, ConfigError, read_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.document.notebook import Cell, Notebook
    from tui.view.rowpainter import ColorDepth

_DESCRIPTION = """\
Prints a notebook as tnb draws it: prose, code and outputs, nothing folded, nothing run. Where the terminal is
too small for it, it is shown in a pager."""

_EPILOG = """\
Without colours (NO_COLOR, --color never, a pipe) a line stands for each picture.

environment:
  PAGER     shows what is longer than the screen, by default less; empty or cat for none
  COLUMNS   as --width
  NO_COLOR  no colours, unless --color always is said

exit status: 1 if it cannot be read, 2 if the command line was not understood, 141 if whoever read had enough

examples:
  tnb show analysis.ipynb
  tnb show --cells 3-7,12 analysis.ipynb
  tnb show --color always a.ipynb | less -R
  git show HEAD~3:a.ipynb | tnb show -
  ssh gpu cat a.ipynb | tnb show -
  diff <(tnb show old.ipynb) <(tnb show new.ipynb)
"""
_NARROWEST, _WIDEST = 20, 10_000
_TRUE_COLOR: Final = ("truecolor", "24bit")


class Coloring(Enum):
    """When colours are printed."""

    AUTO = "auto"
    """On a terminal, as far as it has them."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ShowArguments:
    """What to print, and how."""

    notebook: Path | None
    """None for what comes on standard input."""
    cells: tuple[range, ...] = ()
    """Positions of the cells to print, from 0; empty for all."""
    width: int | None = None
    """In cells; None for the terminal's."""
    has_pictures: bool = True
    coloring: Coloring = Coloring.AUTO
    theme: str | None = None
    """None for the configured one; of others than tnb's own the nearest of these is taken."""
    is_paged: bool = True


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb show",
        usage="tnb show [options] notebook.ipynb | -",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("notebook", metavar="notebook.ipynb", help=argparse.SUPPRESS)
    parser.add_argument(
        "--cells",
        type=cell_ranges,
        default=(),
        metavar="LIST",
        help="only these, counted from 1: 3-7,12 or 20-",
    )
    parser.add_argument("--width", type=page_width, metavar="N", help="columns of the page")
    parser.add_argument("--no-pictures", action="store_true", help="a line in place of each picture")
    parser.add_argument(
        "--color", type=coloring, default=Coloring.AUTO, metavar="WHEN", help="auto, always or never"
    )
    parser.add_argument("--theme", type=theme, metavar="NAME", help="auto, dark or light")
    parser.add_argument("--no-pager", action="store_true", help="straight to the terminal")
    return parser


def parse_show(argv: Sequence[str]) -> ShowArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    said = parser().parse_args(argv)
    return ShowArguments(
        path_or_stdin(said.notebook),
        said.cells,
        said.width,
        not said.no_pictures,
        said.color,
        said.theme,
        not said.no_pager,
    )


def show(argv: Sequence[str]) -> int:
    """Print the notebook; the exit status."""
    arguments = parse_show(argv)
    from tui.cli.answering import answer_lines
    from tui.cli.paging import print_paged
    from tui.files.errors import FileError

    try:
        config = read_config()
        notebook = read_given(arguments.notebook).notebook
    except (ConfigError, FileError) as error:
        return complain(str(error))
    lines = printed_lines(notebook, arguments, config)
    return print_paged(lines) if arguments.is_paged and sys.stdout.isatty() else answer_lines(lines)


def printed_lines(notebook: Notebook, arguments: ShowArguments, config: Config) -> Iterator[str]:
    """The lines to print, without line feeds, each made when it is wanted."""
    import shutil

    from tui.lean.entities import load_entities_late

    load_entities_late()
    from tui.export.lines import painted_lines, plain_lines
    from tui.export.printout import Page, printed_rows, stored_widgets
    from tui.owntheme import own_theme, read_own_theme, theme_name
    from tui.render.canvas import Ground, Pictures
    from tui.render.languages import language_of
    from tui.view.ink import Ink
    from tui.view.rowpainter import ColorDepth

    name = theme_name(arguments.theme or config.theme)
    own = own_theme(name, config.themes) or read_own_theme(theme_name("auto"))
    depth = _depth(arguments.coloring)
    has_pictures = arguments.has_pictures and depth not in (None, ColorDepth.NONE)
    page = Page(
        arguments.width or max(_NARROWEST, shutil.get_terminal_size().columns),
        language_of(notebook.metadata),
        Pictures.SYMBOLS if has_pictures else Pictures.OFF,
        Ground.DARK if own.dark else Ground.LIGHT,
        config.line_numbers,
        stored_widgets(notebook.metadata),
    )
    rows = printed_rows(_chosen(notebook.cells, arguments.cells), page)
    return plain_lines(rows) if depth is None else painted_lines(rows, Ink(own, depth))


def _depth(coloring: Coloring) -> ColorDepth | None:
    """How many colours are printed; None for no sequences at all."""
    from tui.view.rowpainter import ColorDepth, color_depth

    match coloring:
        case Coloring.NEVER:
            return None
        case Coloring.ALWAYS:
            return ColorDepth.TRUE if os.environ.get("COLORTERM") in _TRUE_COLOR else ColorDepth.PALETTE
        case Coloring.AUTO:
            is_terminal = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
            return color_depth() if is_terminal else None


def _chosen(cells: Sequence[Cell], ranges: Sequence[range]) -> Iterator[Cell]:
    """The cells at those positions, each once and in order; of no ranges, all."""
    if not ranges:
        yield from cells
        return
    for position, cell in enumerate(cells):
        if any(position in positions for positions in ranges):
            yield cell


def page_width(text: str) -> int:
    """A number of columns. Raises ArgumentTypeError."""
    try:
        width = int(text)
    except ValueError:
        width = 0
    if not _NARROWEST <= width <= _WIDEST:
        raise argparse.ArgumentTypeError(f"must be a number of columns from {_NARROWEST} to {_WIDEST:,}")
    return width


def coloring(text: str) -> Coloring:
    """When colours are printed. Raises ArgumentTypeError."""
    try:
        return Coloring(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be auto, always or never, not {text!r}") from None
