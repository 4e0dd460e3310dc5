"""`tnb run`: a notebook run without a screen, for scripts, CI and cron."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.cli.complaints import MISUSED, complain
from tui.cli.runarguments import RunArguments, is_spread, parse_run, parser
from tui.config import ConfigError, read_config
from tui.lean.libraries import without_openssl

if TYPE_CHECKING:
    from tui.cli.runpreparing import Prepared
    from tui.headless.performing import Progress

__all__ = ["parser", "run"]


def run(argv: Sequence[str]) -> int:
    """Run the notebook; the exit status, as the help has it."""
    if is_spread(argv):
        from tui.cli.runspread import run_spread

        return run_spread(argv)
    gc.disable()  # until the kernel is on its way: there is little to collect yet
    arguments = parse_run(argv)
    with without_openssl():
        from tui.cli.runpreparing import RefusedError, prepare
        from tui.headless.earlystart import started_early

    try:
        idle_limit = read_config().kernel.idle_hours * 3600
        prepared = prepare(arguments)
    except ConfigError as error:
        return complain(str(error), MISUSED)
    except RefusedError as error:
        return complain(str(error), error.status)
    if prepared.job.steps and not arguments.detach:
        prepared = replace(prepared, reach=started_early(prepared.reach))
    gc.enable()
    return _leave(prepared, idle_limit) if arguments.detach else _perform(prepared, arguments)


def _leave(prepared: Prepared, idle_limit: float) -> int:
    """Leave it to its keeper, and print the id of that."""
    import asyncio

    from tui.cli.answering import answer
    from tui.files.errors import FileError
    from tui.headless.detaching import leave_running
    from tui.headless.exitstatus import NO_FILE, NO_KERNEL, RAN
    from tui.headless.job import NoKernelError

    if not prepared.job.steps:
        return complain(f"{prepared.name}: there is no code to be run", MISUSED)
    try:
        keeper = asyncio.run(leave_running(prepared.job, prepared.reach, idle_limit))
    except NoKernelError as error:
        return complain(f"{prepared.name}: {error}", NO_KERNEL)
    except FileError as error:
        return complain(str(error), NO_FILE)
    answer(keeper)
    return RAN


def _perform(prepared: Prepared, arguments: RunArguments) -> int:
    with without_openssl():
        import asyncio

        from tui.headless.performing import perform

    performed = asyncio.run(perform(prepared.job, prepared.reach, _progress(arguments)))
    from tui.cli.runtelling import tell

    return tell(prepared, performed, arguments)


def _progress(arguments: RunArguments) -> Progress:
    from tui.headless.progress import Bar, JsonLines, Lines, Quiet

    if arguments.json:
        return JsonLines(sys.stdout)
    if arguments.quiet:
        return Quiet(sys.stderr)
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return Bar(sys.stderr) if is_terminal else Lines(sys.stderr)
