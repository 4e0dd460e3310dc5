"""`tnb completion`: what has a shell complete the words of tnb's command line."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli.answering import answer
from tui.cli.parser import Parser
from tui.cli.shells import SHELLS

_DESCRIPTION = """\
Prints what has a shell complete tnb's commands, options and files. It is made from the commands that there
are: make it anew after an update."""

_EPILOG = """\
examples:
  tnb completion bash > ~/.local/share/bash-completion/completions/tnb
  tnb completion zsh > ~/.zfunc/_tnb      (fpath+=~/.zfunc before compinit in ~/.zshrc)
  tnb completion fish > ~/.config/fish/completions/tnb.fish
  eval "$(tnb completion bash)"           for this shell alone
"""


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb completion", usage="tnb completion bash|zsh|fish", description=_DESCRIPTION, epilog=_EPILOG
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")
    return parser


def completion(argv: Sequence[str]) -> int:
    """Print it; the exit status."""
    from tui.cli.shells.bash import bash
    from tui.cli.shells.fish import fish
    from tui.cli.shells.zsh import zsh

    shell = parser().parse_args(argv).shell
    return answer({"bash": bash, "zsh": zsh, "fish": fish}[shell]().rstrip("\n"))
