"""The command line of `tnb`: what may be said on it, what its help tells, and what was said, as a value."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kernelbridge.sshaddress import AddressError, SshAddress, is_ssh_url, parse_address
from tui.cli.complaints import MISUSED, complain
from tui.cli.existing import HELP, METAVAR, OPTION, chosen_existing, without_ambiguity
from tui.cli.parser import OptionGroup, Parser
from tui.cli.said import Arguments
from tui.options import (
    DefaultKernel,
    KernelChoice,
    NamedKernel,
    PythonKernel,
    RemoteKernel,
    ServerChoice,
    WithoutKernel,
)
from tui.settingvalues import THEMES, theme_name

_DESCRIPTION = "The notebook for terminals: opens, edits, runs and saves .ipynb files, without a browser."

_USAGE = """tnb [options] [notebook.ipynb | folder]
       tnb COMMAND ...   (tnb COMMAND --help tells of each)"""

_EPILOG = """\
commands, which win over files of such a name (tnb ./ps opens a file):
{commands}

examples:
  tnb                               choose among recent notebooks and those here
  tnb analysis.ipynb                open it; a name that does not exist is a new notebook
  tnb --kernel ir analysis.ipynb    run it with another kernel (jupyter kernelspec list)
  tnb --kernel ssh://gpu a.ipynb    run it on another machine
  tnb ssh://gpu/home/me/a.ipynb     open a notebook of that machine, and run it there
  tnb --no-kernel analysis.ipynb    only read and edit, start nothing
  tnb --server https://hub/user/me/ a.ipynb   run it on a Jupyter Server
  tnb --existing analysis.ipynb     with the kernel of jupyter console, JupyterLab, ...

keys to start with:
  j k, arrows    move from cell to cell      enter, esc     edit a cell, leave it
  ctrl+r         run, go to the next         ctrl+e         run, stay
  a b dd z       add, delete, bring back     s, ctrl+s      save
  ctrl+p         all commands by name        ?  F1          all keys
  ctrl+q         quit

Configuration: config.toml in the user's configuration folder, or the file that TNB_CONFIG names.
"""
_TWO_PLACES = "--server goes with --kernel NAME and a notebook of this machine, not with another kernel"
_TWO_MACHINES = "the kernel of a notebook on another machine runs there; say the same machine with --kernel"


def parse(argv: Sequence[str] | None = None) -> Arguments:
    """Read the arguments, those of the process by default.

    Raises SystemExit: status 0 after --help or --version, 2 and a line on stderr for what it cannot read.
    """
    said = parser().parse_args(without_ambiguity(argv))
    otherwise = WithoutKernel() if said.no_kernel else DefaultKernel()
    kernel = chosen_kernel(said, said.notebook, "tnb", otherwise)
    return Arguments(said.notebook, kernel, said.theme)


def chosen_kernel(
    said: argparse.Namespace, notebook: Path | SshAddress, command: str, otherwise: KernelChoice
) -> KernelChoice:
    """The kernel that the options of `add_kernel_options` name. Raises SystemExit where they contradict."""
    kernel = otherwise
    if said.kernel is not None:
        kernel = said.kernel
    elif said.python is not None:
        kernel = PythonKernel(said.python)
    kernel = chosen_existing(said) or kernel
    if said.server is not None:
        kernel = _on_server(said.server, kernel, notebook, command)
    match notebook, kernel:
        case SshAddress(), RemoteKernel(address) if address.machine != notebook.machine:
            raise SystemExit(complain(f"{_TWO_MACHINES} (see {command} --help)", MISUSED))
        case _:
            return kernel


def _on_server(url: str, kernel: KernelChoice, notebook: Path | SshAddress, command: str) -> ServerChoice:
    match notebook, kernel:
        case Path(), DefaultKernel():
            return ServerChoice(url)
        case Path(), NamedKernel(name):
            return ServerChoice(url, name)
        case _:
            raise SystemExit(complain(f"{_TWO_PLACES} (see {command} --help)", MISUSED))


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"tnb {version('tnb')}")  # noqa: T201  a command's answer
        parser.exit()


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb",
        usage=_USAGE,
        description=_DESCRIPTION,
        epilog=_EPILOG.format(commands=_commands()),
    )
    parser.add_argument(
        "notebook",
        type=notebook_place,
        nargs="?",
        default=Path(),
        metavar="notebook.ipynb",
        help=argparse.SUPPRESS,
    )
    add_kernel_options(parser).add_argument("--no-kernel", action="store_true", help="start no kernel")
    parser.add_argument("--theme", type=theme, metavar="NAME", help="auto, dark, light or one of Textual's")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    return parser


def add_kernel_options(parser: Parser) -> OptionGroup:
    """How one says which kernel is to run it; gives those options of which only one may be said."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--kernel", type=_kernel, metavar="NAME", help="run with this kernel, or on ssh://HOST[/PYTHON]"
    )
    which.add_argument("--python", type=_python, metavar="PATH", help="run with this Python's ipykernel")
    which.add_argument(OPTION, metavar=METAVAR, help=HELP)
    parser.add_argument(
        "--server", type=_server, metavar="URL", help="run on a Jupyter Server, Gateway or Hub"
    )
    return which


def _commands() -> str:
    """A line for each command."""
    from tui.cli.table import COMMANDS

    return "\n".join(f"  {each.name:<12} {each.summary}" for each in COMMANDS)


def _kernel(text: str) -> KernelChoice:
    if not text:
        raise argparse.ArgumentTypeError("must name a kernel")
    return RemoteKernel(_address(text)) if is_ssh_url(text) else NamedKernel(text)


def _server(text: str) -> str:
    from kernelbridge.keeper.errors import ServerError
    from kernelbridge.keeper.server.serveraddress import ServerAddress

    try:
        # Whether it may be unencrypted is the user's to configure, which is read later.
        return ServerAddress.parse(text, allow_plain=True).url
    except ServerError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def notebook_place(text: str) -> Path | SshAddress:
    """A path of this machine, or an ssh:// URL of a notebook. Raises ArgumentTypeError."""
    if not is_ssh_url(text):
        return Path(text)
    address = _address(text)
    if not address.path:
        raise argparse.ArgumentTypeError("an ssh:// URL of a notebook ends in its path")
    return address


def _address(text: str) -> SshAddress:
    try:
        return parse_address(text)
    except AddressError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None


def _python(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("must be the path of a Python, or of its environment")
    return Path(text).absolute()


def theme(text: str) -> str:
    """The name of a theme that there is. Raises ArgumentTypeError."""
    try:
        return text if text in THEMES else theme_name(text, _own_themes())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _own_themes() -> list[str]:
    """The user's own; none where their file cannot be read, which is told later."""
    from tui.config import ConfigError, read_config

    try:
        return [each.name for each in read_config().themes]
    except ConfigError:
        return []
