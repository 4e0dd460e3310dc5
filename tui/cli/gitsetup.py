"""`tnb git-setup`: has git compare, merge and clean notebooks by tnb."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cli.answering import answer
from tui.cli.complaints import FAILED, complain
from tui.cli.parser import Parser

_DESCRIPTION = """\
Has git diff show notebooks cell by cell, and git merge merge them so (by nbdime, where that is
installed; as text where it is not). It is written in the repository's own .git, which is nobody else's,
or in your configuration."""

_EPILOG = """\
what is written: diff.tnb, merge.tnb and filter.tnb in git's configuration, and a line for *.ipynb in
.git/info/attributes, or with --global in ~/.config/git/attributes

exit status: 1 if it cannot be done, or with --check if it is not; 2 if the command line was not understood

examples:
  tnb git-setup               in this repository
  tnb git-setup --global      in all of yours
  tnb git-setup --clean       and what is committed has no outputs
  tnb git-setup --undo
"""


@dataclass(frozen=True, slots=True)
class GitSetupArguments:
    """Where, and what."""

    is_global: bool = False
    cleans: bool = False
    undoes: bool = False
    only_checks: bool = False


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb git-setup",
        usage="tnb git-setup [--global] [--clean] [--check | --undo]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument(
        "--global", dest="is_global", action="store_true", help="for all repositories of yours"
    )
    parser.add_argument("--clean", action="store_true", help="commit notebooks without outputs and counts")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="change nothing, say whether it is so")
    what.add_argument("--undo", action="store_true", help="have git treat notebooks as text again")
    return parser


def parse_git_setup(argv: Sequence[str]) -> GitSetupArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    said = parser().parse_args(argv)
    return GitSetupArguments(said.is_global, said.clean, said.undo, said.check)


def git_setup(argv: Sequence[str]) -> int:
    """Tell git; the exit status."""
    arguments = parse_git_setup(argv)
    from tui.conversion.errors import ConversionError
    from tui.conversion.gitconfig import Scope, is_set_up, set_up, settings, undo

    scope = Scope(arguments.is_global)
    wanted = settings(_command(), cleans=arguments.cleans)
    try:
        if arguments.only_checks:
            return (
                0
                if is_set_up(scope, wanted)
                else complain("git is not told so: tnb git-setup does it", FAILED)
            )
        if arguments.undoes:
            undo(scope)
            answer("git treats notebooks as text again")
            return 0
        set_up(scope, wanted)
    except ConversionError as error:
        return complain(str(error))
    where = "in all repositories of yours" if scope.is_global else "in this repository"
    answer(f"git compares and merges notebooks by tnb {where}; tnb git-setup --undo takes it back")
    return 0


def _command() -> str:
    """How a shell finds this tnb."""
    script = Path(sys.argv[0]).absolute()
    found = shutil.which("tnb")
    if found is not None and (script.name != "tnb" or Path(found).resolve() == script.resolve()):
        return "tnb"
    return shlex.quote(str(script))
