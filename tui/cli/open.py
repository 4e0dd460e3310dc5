"""`tnb notebook.ipynb`: everything that can go wrong before the screen is taken over, and then the screen."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kernelbridge.sshaddress import SshAddress
from tui.cli.complaints import FAILED, MISUSED, complain
from tui.cli.configured import configuration
from tui.cli.existing import NotRunningError, settled
from tui.config import Config, ConfigError, KernelConfig
from tui.options import (
    DefaultKernel,
    KernelChoice,
    NamedKernel,
    Options,
    PythonKernel,
    RemoteKernel,
    ServerChoice,
    WithoutKernel,
)

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from tui.cli.said import Arguments
    from tui.files.notebookfile import Beginning, NotebookFile
    from tui.kernelreach import Launch

_FIRST_CELLS = 400
"""More than a screen has rows."""


def open_notebook(arguments: Arguments) -> int:
    """Open the notebook on this terminal and return the exit status.

    Until all is known to be well the terminal is left as it is, and the notebook is never written.
    """
    gc.disable()  # until all is loaded: there is little to collect yet, and all would be searched for it
    try:
        return _open(arguments)
    finally:
        gc.enable()


def _open(arguments: Arguments) -> int:
    from kernelbridge.keeper.errors import KeeperError
    from tui.files.errors import FileError

    asked = arguments.notebook
    if isinstance(asked, Path) and os.path.isdir(asked):  # noqa: PTH112  Path raises where no file can be
        return _choose_in(asked, arguments)
    launch: Launch | None = None
    try:
        config = _configuration(arguments)
        notebook = asked if isinstance(asked, SshAddress) else _begin_or_create(asked)
        kernel = arguments.kernel if isinstance(asked, SshAddress) else settled(arguments.kernel, asked)
        if not isinstance(notebook, SshAddress):
            kernel = _configured_kernel(config.kernel, kernel, notebook.file.notebook.metadata)
        options = Options(kernel, config)
        missing = _missing_terminal()
        if missing is not None:
            return complain(f"it draws on a terminal, and {missing} is not one", MISUSED)
        if isinstance(kernel, ServerChoice) and not isinstance(notebook, SshAddress):
            from tui.cli.server import checked

            kernel = checked(kernel, notebook.file.path, notebook.file.notebook.metadata)
            options = replace(options, kernel=kernel)
        if isinstance(notebook, SshAddress) or isinstance(options.kernel, RemoteKernel):
            notebook, launch = _reach(notebook, options.kernel)
    except (ConfigError, FileError, KeeperError, NotRunningError, _CannotOpenError) as error:
        return complain(str(error), FAILED)
    return _show(notebook, options, launch)


def _choose_in(folder: Path, arguments: Arguments) -> int:
    """Show the launcher for a folder."""
    if not isinstance(arguments.kernel, DefaultKernel | NamedKernel | PythonKernel | WithoutKernel):
        return complain(
            "a kernel that runs, or that is elsewhere, goes with a notebook (see tnb --help)", MISUSED
        )
    try:
        options = Options(arguments.kernel, _configuration(arguments))
    except ConfigError as error:
        return complain(str(error), FAILED)
    missing = _missing_terminal()
    if missing is not None:
        return complain(f"it draws on a terminal, and {missing} is not one", MISUSED)
    from tui.lean.entities import load_entities_late
    from tui.lean.libraries import load_textual, without_openssl

    load_entities_late()
    with without_openssl():
        load_textual()
    from tui.app import run
    from tui.kernellaunch import launch_local

    gc.enable()
    return run(None, options, launch_local, folder.absolute())


def look_at(file: NotebookFile, theme: str | None) -> int:
    """Show a notebook that is only looked at, without a kernel; the exit status."""
    gc.disable()
    try:
        config = configuration()
        missing = _missing_terminal()
        if missing is not None:
            return complain(f"it draws on a terminal, and {missing} is not one", MISUSED)
        from tui.files.notebookfile import Beginning

        options = Options(WithoutKernel(), config if theme is None else replace(config, theme=theme))
        return _show(Beginning(file), options)
    except ConfigError as error:
        return complain(str(error), FAILED)
    finally:
        gc.enable()


def _reach(notebook: Beginning | SshAddress, kernel: KernelChoice) -> tuple[Beginning, Launch | None]:
    """The notebook, the kernel or both, on another machine. Raises FileError and _CannotOpenError."""
    from tui.files.notebookfile import Beginning
    from tui.lean.libraries import without_openssl

    with without_openssl():
        from kernelbridge.transports.base import WayError
        from tui.cli.far import open_far, reach_kernel
    try:
        if isinstance(notebook, SshAddress):
            file, launch = open_far(notebook, kernel)
            return Beginning(file), launch
        return notebook, reach_kernel(kernel, notebook.file)
    except WayError as error:
        raise _CannotOpenError(str(error)) from error


def _show(beginning: Beginning, options: Options, launch: Launch | None = None) -> int:
    """First a frame to be seen, then the kernel on its way, then the screen, which takes long to load."""
    from tui.firstframe import show_first_frame
    from tui.lean.entities import load_entities_late
    from tui.lean.libraries import load_textual, without_openssl
    from tui.lean.pack import leave_pack, write_pack
    from tui.terminal.takeover import give_back

    file = beginning.file
    load_entities_late()
    try:
        show_first_frame(beginning, options, sys.stdout.fileno())
        from tui.kernellaunch import launch_early, launch_local

        with without_openssl():
            if isinstance(options.kernel, WithoutKernel):
                launch = launch_local
            elif launch is None:
                launch = launch_early(options.kernel, file.notebook.metadata, file.path)
            file = beginning.whole()
            load_textual()
        from tui.app import run

        to_pack = leave_pack()
        gc.collect()
        gc.freeze()  # what is loaded by now stays: no later collection need walk it, or hold up a key for it
        gc.enable()
        status = run(file, options, launch)
    finally:
        give_back()
    write_pack(to_pack)
    return status


class _CannotOpenError(Exception):
    """There is no way to it, or a new notebook cannot be where it was asked for."""


def _configuration(arguments: Arguments) -> Config:
    """The user's configuration, with what the command line overrides. Raises ConfigError."""
    config = configuration()
    return config if arguments.theme is None else replace(config, theme=arguments.theme)


def _configured_kernel(config: KernelConfig, asked: KernelChoice, metadata: JsonObject) -> KernelChoice:
    """The kernel where the command line leaves it to the notebook, and the configuration has a say."""
    if not isinstance(asked, DefaultKernel):
        return asked
    if not config.start:
        return WithoutKernel()
    names_one = "kernelspec" in metadata or "language_info" in metadata
    return NamedKernel(config.default) if config.default and not names_one else asked


def _begin_or_create(path: Path) -> Beginning:
    """The notebook at `path`, or a new one to be saved there. Raises FileError and _CannotOpenError."""
    from tui.files.notebookfile import Beginning, create
    from tui.files.pairing import begin_paired

    try:
        path.lstat()
    except FileNotFoundError:
        _check_place(path)
        return Beginning(create(path))
    except OSError as error:
        raise _CannotOpenError(f"{path}: {error.strerror}") from None
    return begin_paired(path, _FIRST_CELLS)


def _check_place(path: Path) -> None:
    """Refuse a new notebook that could not be saved, or is more likely a slip. Raises _CannotOpenError."""
    from tui.files.textnames import is_text_notebook

    if path.suffix != ".ipynb" and not is_text_notebook(path):
        raise _CannotOpenError(f"{path}: no such file, and the name of a new notebook ends in .ipynb")
    if not path.parent.is_dir():
        raise _CannotOpenError(f"{path}: there is no folder {path.parent} to make a new notebook in")


def _missing_terminal() -> str | None:
    """What is not a terminal, of those that must be: keys come from stdin, and Textual draws on stderr."""
    streams: dict[str, TextIO | None] = {
        "standard input": sys.__stdin__,
        "standard output": sys.__stdout__,
        "standard error": sys.__stderr__,
    }
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            return name
    return None
