"""`tnb console`: which kernel a plain prompt is to be on, and the way to it; the program is `tui.console`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.complaints import complain
from tui.cli.existing import HELP, METAVAR, OPTION, chosen_existing, settled, without_ambiguity
from tui.cli.parser import Parser
from tui.config import ConfigError, read_config
from tui.options import DefaultKernel, ExistingKernel, KeeperKernel, KernelChoice, NamedKernel

if TYPE_CHECKING:
    from tui.kernelreach import Launched

_DESCRIPTION = """\
A plain prompt on a kernel: a new one, that of a notebook, or one that runs already. On the kernel of a
notebook that is open, variables are shared, and the notebook tells what was run here."""

_EPILOG = """\
examples:
  tnb console                     a new Python kernel, in this folder
  tnb console --kernel ir         another kernel (jupyter kernelspec list)
  tnb console analysis.ipynb      the notebook's kernel, started if need be
  tnb console --existing f1       one of tnb ps
  tnb console --existing          the newest of jupyter console, JupyterLab, ...
"""


@dataclass(frozen=True, slots=True)
class ConsoleArguments:
    """Which kernel the prompt is to be on."""

    kernel: KernelChoice
    notebook: Path | None = None
    """Whose kernel; None for one that belongs to no notebook."""

    @property
    def is_alone(self) -> bool:
        """Whether the kernel is this console's own, and ends with it."""
        return self.notebook is None and isinstance(self.kernel, DefaultKernel | NamedKernel)


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb console",
        usage=f"tnb console [--kernel NAME | --existing {METAVAR}] [notebook.ipynb]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--kernel", metavar="NAME", help="run with this kernel")
    which.add_argument(OPTION, metavar=METAVAR, help=HELP)
    parser.add_argument("notebook", nargs="?", metavar="notebook.ipynb", help="whose kernel")
    return parser


def parse_console(argv: Sequence[str]) -> ConsoleArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    said = parser().parse_args(without_ambiguity(argv))
    kernel = DefaultKernel() if said.kernel is None else NamedKernel(said.kernel)
    return ConsoleArguments(
        chosen_existing(said) or kernel, None if said.notebook is None else Path(said.notebook)
    )


def console(argv: Sequence[str]) -> int:
    """Run the console to its end; its exit status."""
    arguments = parse_console(argv)
    from kernelbridge.keeper.errors import KeeperError
    from kernelbridge.state import Missing
    from tui.cli.existing import NotRunningError
    from tui.files.errors import FileError

    try:
        config = read_config()
        reached = _reached(arguments)
    except (ConfigError, KeeperError, NotRunningError, FileError) as error:
        return complain(str(error))
    if isinstance(reached, Missing):
        return complain(f"no kernel {reached.name}: {reached.hint}" if reached.name else reached.hint)
    from tui.console.console import ConsoleOptions, run_console

    return run_console(reached.way, reached.launch, ConsoleOptions(config.theme, arguments.is_alone))


def _reached(arguments: ConsoleArguments) -> Launched:
    """The way to the keeper. Raises KeeperError, NotRunningError and FileError."""
    from tui.files.notebookfile import read
    from tui.kernellaunch import launch_local

    kernel = settled(arguments.kernel, arguments.notebook)
    if arguments.notebook is None:
        return _alone(kernel)
    return launch_local(kernel, read(arguments.notebook).notebook.metadata, arguments.notebook)


def _alone(kernel: KernelChoice) -> Launched:
    """A keeper of no notebook: the one that was named, or a new one. Raises KeeperError."""
    from kernelbridge.keeper.home.homes import new_home
    from kernelbridge.keeper.jsontypes import EMPTY
    from kernelbridge.keeper.launches import ExistingLaunch
    from kernelbridge.keeper.starting import reach
    from kernelbridge.state import Missing
    from kernelbridge.transports.local import LocalWay
    from tui.kernelchoosing import choose_launch
    from tui.kernelreach import Reached

    match kernel:
        case KeeperKernel(home=home):
            return Reached(LocalWay(home, reach(home)), None, ())
        case ExistingKernel(said=file):
            launch = ExistingLaunch(file).to_json()
        case _:
            chosen = choose_launch(kernel, EMPTY, Path.cwd())
            if isinstance(chosen, Missing):
                return chosen
            launch = chosen.to_json()
    home = new_home().path
    return Reached(LocalWay(home, reach(home, launch)), launch, ())
