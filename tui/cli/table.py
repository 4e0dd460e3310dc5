"""The one list of tnb's commands: what is run, the help, the completion and the manual page all read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.cli.parser import Parser


@dataclass(frozen=True, slots=True)
class Command:
    """What a first word stands for; its module is loaded when it is asked for."""

    name: str
    summary: str
    """One line, as it stands in lists."""
    module: str
    """Has `parser() -> Parser`, and the command itself as `function`."""
    function: str

    def run(self, argv: Sequence[str]) -> int:
        """Do it; the exit status."""
        do: Callable[[Sequence[str]], int] = getattr(import_module(self.module), self.function)
        return do(argv)

    def parser(self) -> Parser:
        """What may be said to it."""
        make: Callable[[], Parser] = import_module(self.module).parser
        return make()


COMMANDS: Final[tuple[Command, ...]] = (
    Command("ps", "which kernels run, and what they are doing", "tui.cli.ps", "ps"),
    Command("attach", "open the notebook of a kernel that runs", "tui.cli.attach", "attach"),
    Command("stop", "end some of the kernels that run, or all", "tui.cli.stop", "stop"),
    Command("console", "a plain prompt on a kernel", "tui.cli.console", "console"),
    Command("show", "print a notebook, to a pipe or in a pager", "tui.cli.show", "show"),
    Command("run", "run a notebook without a screen, for scripts, CI and cron", "tui.cli.run", "run"),
    Command("export", "a notebook as HTML, PDF, slides, Markdown, a script, ...", "tui.cli.export", "export"),
    Command("view", "look at a notebook of the web, or serve some to a browser", "tui.cli.view", "view"),
    Command("convert", "notebooks to scripts, Markdown, ... and back", "tui.cli.convert", "convert"),
    Command("clean", "take outputs, counts and metadata out", "tui.cli.clean", "clean"),
    Command("diff", "how two notebooks differ, cell by cell", "tui.cli.diff", "diff"),
    Command("merge", "merge notebooks, cell by cell", "tui.cli.merge", "merge"),
    Command("git-setup", "have git compare and merge notebooks so", "tui.cli.gitsetup", "git_setup"),
    Command("config", "show or edit your configuration, config.toml", "tui.cli.config", "config"),
    Command("cluster", "engines that work side by side: start, list, stop", "tui.cli.cluster", "cluster"),
    Command("completion", "what has a shell complete tnb's words", "tui.cli.completion", "completion"),
)
"""Every command, in the order in which lists show them."""

BY_NAME: Final[Mapping[str, Command]] = MappingProxyType({each.name: each for each in COMMANDS})
