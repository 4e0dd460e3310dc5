"""`tnb attach ID`: the notebook of a kernel that runs, shown on this terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cli.complaints import complain
from tui.cli.parser import Parser

_DESCRIPTION = """\
Opens the notebook of a kernel that runs, or that ended and left output. What was printed while no terminal
was there is in its cells. tnb notebook.ipynb does the same where the notebook's name is known."""

_EPILOG = """\
examples:
  tnb ps            which there are, and their ids
  tnb attach f1     as much of an id as is unique
"""


@dataclass(frozen=True, slots=True)
class AttachArguments:
    """Which kernel's notebook to show."""

    id: str
    theme: str | None = None


def parser() -> Parser:
    """What may be said."""
    from tui.cli.arguments import theme

    parser = Parser(
        prog="tnb attach", usage="tnb attach [--theme NAME] ID", description=_DESCRIPTION, epilog=_EPILOG
    )
    parser.add_argument("id", metavar="ID", help="as tnb ps has it")
    parser.add_argument("--theme", type=theme, metavar="NAME", help="auto, dark, light or one of Textual's")
    return parser


def parse_attach(argv: Sequence[str]) -> AttachArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    said = parser().parse_args(argv)
    return AttachArguments(said.id, said.theme)


def attach(argv: Sequence[str]) -> int:
    """Show the notebook; the exit status."""
    arguments = parse_attach(argv)
    from kernelbridge.keeper.errors import HomeError
    from kernelbridge.keeper.home.condition import Condition
    from kernelbridge.keeper.home.homes import by_id
    from tui.cli.open import open_notebook
    from tui.cli.said import Arguments
    from tui.options import KeeperKernel

    try:
        home = by_id(arguments.id)
    except HomeError as error:
        return complain(str(error))
    if home.condition is Condition.ELSEWHERE:
        return complain(f"the kernel {home.id} runs on {home.meta.host}: attach there")
    instead = f"tnb console --existing {home.id} opens a prompt on it"
    if home.meta.notebook is None:
        return complain(f"the kernel {home.id} has no notebook; {instead}")
    notebook = Path(home.meta.notebook)
    if not notebook.is_file():
        renamed = "where it was renamed, open it by its new name"
        return complain(
            f"the kernel {home.id} is of {notebook}, which is not there any more; {renamed}; {instead}"
        )
    return open_notebook(Arguments(notebook, KeeperKernel(home.path), arguments.theme))
