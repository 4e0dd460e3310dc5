"""All that is settled before a kernel is started: the notebook, its cells, parameters, where it goes."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.keeper.errors import KeeperError
from kernelbridge.sshaddress import SshAddress
from tui.cli.complaints import MISUSED
from tui.cli.existing import NotRunningError, settled
from tui.cli.given import read_given
from tui.cli.runarguments import STDIO, RunArguments
from tui.files.errors import FileError, NotFound
from tui.files.notebookfile import NotebookFile, Overwrite
from tui.files.place import Here
from tui.headless.exitstatus import NO_FILE, NO_KERNEL
from tui.headless.job import Job, Limits, NoKernelError
from tui.headless.plan import PlanError, Selection, chosen, steps_of
from tui.headless.reaching import Target, picked, reach_far, reach_kernel
from tui.options import KernelChoice, PickedKernel, RemoteKernel, ServerChoice

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue
    from tui.document.notebook import CellKey, Notebook
    from tui.headless.ignoring import Rule
    from tui.kernelreach import Launch, Reached


class RefusedError(Exception):
    """It cannot be done; its text is one line for a person."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that can begin."""

    name: str
    """Of the notebook, for a person."""
    file: NotebookFile
    """As it was read."""
    job: Job
    reach: Callable[[], Reached]
    """Starts the kernel; for a thread."""
    rules: Sequence[Rule]
    """What is not compared, where outputs are."""


@dataclass(frozen=True, slots=True)
class _Source:
    """The notebook, and which kernel it is to have."""

    file: NotebookFile
    kernel: KernelChoice
    launch: Launch | None = None
    """How a kernel on another machine is reached."""


def prepare(said: RunArguments) -> Prepared:
    """Settle it. Raises RefusedError."""
    try:
        source = _read(said)
        target = Target(source.kernel, source.file.notebook.metadata, _folder(said, source), _owner(said))
        reach, language = _way(source, target)
        job = _job(said, source, target, language)
        rules = _rules(said, source.file.notebook)
    except FileError as error:
        raise RefusedError(str(error), NO_FILE) from error
    except (KeeperError, NotRunningError, NoKernelError) as error:
        raise RefusedError(str(error), NO_KERNEL) from error
    except PlanError as error:
        raise RefusedError(str(error), MISUSED) from error
    name = "standard input" if said.notebook is None else str(said.notebook)
    return Prepared(name, source.file, job, reach, rules)


# -- what is read ----


def _read(said: RunArguments) -> _Source:
    """The notebook. Raises FileError, KeeperError and NotRunningError."""
    if isinstance(said.notebook, SshAddress):
        from tui.cli.far import open_far

        far, launch = open_far(said.notebook, said.kernel)
        if not far.on_disk:
            raise NotFound(far.path, "there is no such file")
        return _Source(far, said.kernel, launch)
    file = read_given(said.notebook)
    kernel = settled(said.kernel, _owner(said))
    match kernel:
        case ServerChoice():
            from tui.cli.server import checked

            ask = getpass.getpass if sys.stdin.isatty() else _nobody
            return _Source(file, checked(kernel, file.path, file.notebook.metadata, ask))
        case RemoteKernel():
            from tui.cli.far import reach_kernel as reach_machine

            return _Source(file, kernel, reach_machine(kernel, file.at(Here(_owner(said) or file.path))))
        case _:
            return _Source(file, kernel)


def _nobody(_question: str) -> str:
    """Nobody is there to be asked for a token."""
    raise EOFError


# -- the kernel ----


def _owner(said: RunArguments) -> Path | None:
    """The notebook of this machine that gets the outputs; None where none does."""
    if said.check or said.output == STDIO:
        return None
    if said.output:
        return Path(said.output)
    return said.notebook if isinstance(said.notebook, Path) else None


def _folder(said: RunArguments, source: _Source) -> Path:
    """Where the code runs: in the notebook's folder, wherever its outputs go."""
    return source.file.path.resolve().parent if isinstance(said.notebook, Path) else Path.cwd()


def _way(source: _Source, target: Target) -> tuple[Callable[[], Reached], str]:
    """How the kernel is reached, and what it speaks as far as that is known. Raises NoKernelError."""
    launch, language = source.launch, _language(target.metadata)
    if launch is not None:
        return (lambda: reach_far(launch, target)), language
    installed = picked(target)
    if installed is None:
        return (lambda: reach_kernel(target)), language
    settled_target = replace(target, choice=PickedKernel(installed))
    return (lambda: reach_kernel(settled_target)), installed.language or language


def _language(metadata: JsonObject) -> str:
    """What the notebook says of its language; Python where it says nothing."""
    for holder, key in (("kernelspec", "language"), ("language_info", "name"), ("kernelspec", "name")):
        value = metadata.get(holder)
        found: JsonValue = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(found, str) and found:
            return found
    return "python"


# -- the job ----


def _job(said: RunArguments, source: _Source, target: Target, language: str) -> Job:
    """What is to be done. Raises PlanError and RefusedError."""
    notebook = source.file.notebook
    keys = chosen(notebook, Selection(said.cells, said.tags, said.until))
    if said.parameters:
        notebook, injected = _with_parameters(said, notebook, language)
        keys |= {injected}
    file = _destination(said, source.file)
    return Job(
        file,
        notebook,
        (file or source.file).place.identity,
        steps_of(notebook, keys, allow_errors=said.allow_errors),
        Limits(said.timeout, said.total_timeout, said.start_timeout),
        target.is_joined,
        Overwrite.IF_UNCHANGED if file is source.file else Overwrite.ANYWAY,
    )


def _with_parameters(said: RunArguments, notebook: Notebook, language: str) -> tuple[Notebook, CellKey]:
    from tui.headless.injecting import with_parameters
    from tui.headless.translators import LANGUAGES, translate

    code = translate(said.parameters, language)
    if code is None:
        raise RefusedError(f"parameters cannot be written in {language}, only in {LANGUAGES}", MISUSED)
    return with_parameters(notebook, code)


def _destination(said: RunArguments, file: NotebookFile) -> NotebookFile | None:
    """Where the outputs are to be written; None for nowhere. Raises RefusedError where that cannot be."""
    if said.check or said.output == STDIO:
        return None
    if file.read_only is not None:
        raise RefusedError(f"{file.path}: it cannot be written, {file.read_only.reason}", NO_FILE)
    path = Path(said.output)
    if not said.output or (file.on_disk and path.exists() and file.place.identity == str(path.resolve())):
        if not file.place.is_writable():
            raise RefusedError(f"{file.path}: it is write-protected; write elsewhere with -o", NO_FILE)
        return file
    if path.is_dir():
        raise RefusedError(f"{path}: it is a folder; name a file in it", NO_FILE)
    if not path.parent.is_dir():
        raise RefusedError(f"{path}: there is no folder {path.parent} to write it in", NO_FILE)
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise RefusedError(f"{path}: it may not be written", NO_FILE)
    return file.at(Here(path))


def _rules(said: RunArguments, notebook: Notebook) -> Sequence[Rule]:
    """What is not compared. Raises RefusedError."""
    if not said.check:
        return ()
    from tui.headless.comparing import patterns_of
    from tui.headless.ignoring import USUAL, RuleError, own_rules, read_rules

    try:
        more = () if said.sanitize_with is None else read_rules(said.sanitize_with)
        # Its own first: they are written for the text as it is printed.
        return (*more, *own_rules((*said.ignore, *patterns_of(notebook))), *USUAL)
    except RuleError as error:
        raise RefusedError(str(error), MISUSED) from error
