"""What `tnb export` does: each notebook through nbconvert, or as tnb draws it, into a file or a pipe."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.cli.answering import answer, answer_bytes
from tui.cli.complaints import FAILED, complain
from tui.cli.executing import Execution, executed
from tui.cli.exportarguments import OWN, ExportArguments, is_folder
from tui.cli.given import STDIN, read_given
from tui.cli.progress import Progress, Telling
from tui.export.chain.configured import (
    Chain,
    configuration,
    exporter_named,
    format_names,
    without_folder_on_path,
)
from tui.export.chain.errors import ExportError
from tui.export.chain.exporting import Exported, Source, export
from tui.export.chain.pdfway import pdf_exporter
from tui.export.chain.writing import write_export
from tui.files.errors import FileError, shown

if TYPE_CHECKING:
    from traitlets.config import Config

Work: TypeAlias = Callable[[Path | None, str], Exported]
"""Exports what is at a path, or on standard input, as a file of that name without suffix.

Raises ExportError and FileError.
"""


@dataclass(frozen=True, slots=True)
class _Written:
    notebook: Path | None
    files: tuple[Path, ...]
    """The export first; none where it went to standard output."""


def list_formats(arguments: ExportArguments) -> int:
    """Tell which formats there are; the exit status. Raises ExportError."""
    without_folder_on_path()
    names = sorted({*format_names(configuration(_chain(arguments))), *OWN})
    return answer(json.dumps(names) if arguments.as_json else "\n".join(names))


def export_all(arguments: ExportArguments) -> int:
    """Export all that is asked for; the exit status. Raises ExportError where none of it can be done."""
    without_folder_on_path()
    config: Config | None = None
    if arguments.to in OWN:
        work: Work = partial(_drawn, arguments)
    else:
        config = configuration(_chain(arguments))
        work = _by_nbconvert(arguments, config)
    status = 0
    written: list[_Written] = []
    last: Exported | None = None
    for notebook in arguments.notebooks:
        name = _name(arguments, notebook)
        try:
            last = work(notebook, name)
            if _is_printed(arguments, notebook):
                written.append(_Written(notebook, ()))
                status = answer_bytes(last.data) or status
            else:
                written.append(_Written(notebook, tuple(_put(arguments, notebook, last))))
        except (ExportError, FileError) as error:
            status = complain(str(error), FAILED)
    _tell(arguments, written)
    if arguments.served_at is not None and last is not None and config is not None:
        _serve(last, _name(arguments, arguments.notebooks[-1]), arguments.served_at, config)
    return status


def _chain(arguments: ExportArguments) -> Chain:
    return Chain(
        arguments.template,
        arguments.config_file,
        arguments.has_input,
        arguments.has_prompts,
        arguments.removed_tags,
        arguments.traits,
    )


def _drawn(arguments: ExportArguments, notebook: Path | None, _: str) -> Exported:
    """As `tnb show` prints it."""
    from tui.cli.show import Coloring, ShowArguments, printed_lines
    from tui.config import ConfigError, read_config

    has_colors = arguments.to == "ansi"
    coloring = Coloring.ALWAYS if has_colors else Coloring.NEVER
    show = ShowArguments(notebook, width=arguments.width, has_pictures=has_colors, coloring=coloring)
    try:
        config = read_config()
    except ConfigError as error:
        raise ExportError(str(error)) from error
    file = read_given(notebook, arguments.called)
    lines = printed_lines(file.notebook, show, config)
    return Exported("".join(f"{line}\n" for line in lines), OWN[arguments.to], {})


def _by_nbconvert(arguments: ExportArguments, config: Config) -> Work:
    progress = Progress(Telling.for_stderr(asked=arguments.tells_progress))
    name = pdf_exporter(config) if arguments.to == "pdf" else arguments.to
    exporter = exporter_named(name, config, None if progress.telling is Telling.NOT else progress.tell)

    def work(notebook: Path | None, name: str) -> Exported:
        progress.what = shown(Path((notebook or arguments.called).name))
        try:
            return export(exporter, _source(arguments, notebook), name)
        finally:
            progress.end()

    return work


def _source(arguments: ExportArguments, notebook: Path | None) -> Source:
    """Raises FileError for what is no notebook, as when it is opened."""
    file = read_given(notebook, arguments.called)
    if arguments.executes:
        if notebook is None:
            raise ExportError("--execute runs a notebook in its folder: give the file, not standard input")
        execution = Execution(arguments.kernel, arguments.timeout, arguments.allows_errors)
        return Source(notebook, executed(notebook, execution))
    if notebook is not None:
        return Source(notebook)
    return Source(notebook or arguments.called, file.data.decode("utf-8", "replace"))


def _name(arguments: ExportArguments, notebook: Path | None) -> str:
    output = arguments.output
    if output is None or output == STDIN or is_folder(output):
        return (notebook or arguments.called).stem
    return Path(output).stem


def _is_printed(arguments: ExportArguments, notebook: Path | None) -> bool:
    """Whether it goes to standard output."""
    return arguments.output == STDIN or (arguments.output is None and notebook is None)


def _put(arguments: ExportArguments, notebook: Path | None, exported: Exported) -> Sequence[Path]:
    """Write it where it belongs; the files. Raises ExportError."""
    output = arguments.output
    path = Path(f"{_name(arguments, notebook)}{exported.suffix}")
    if output is None:
        path = (notebook or arguments.called).parent / path
    else:
        path = Path(output) / path if is_folder(output) else Path(output)
    if notebook is not None and os.path.realpath(path) == os.path.realpath(notebook):
        raise ExportError(f"{shown(path)} is the notebook itself: say with --output where else to")
    return write_export(exported, path)


def _tell(arguments: ExportArguments, written: Sequence[_Written]) -> None:
    if arguments.as_json:
        told = [
            {"notebook": None if one.notebook is None else str(one.notebook), "files": [*map(str, one.files)]}
            for one in written
        ]
        answer(json.dumps(told, indent=2))
        return
    for one in written:
        if one.files:
            answer(shown(one.files[0]))


def _serve(slides: Exported, name: str, port: int, config: Config) -> None:
    """Serve slides to this machine until it is interrupted: these, and nothing else of their folder."""
    from nbconvert.postprocessors import ServePostProcessor

    from tui.cli.ending import end_as_if_interrupted
    from tui.terminal.browser import open_in_browser

    end_as_if_interrupted()  # which is what ends services, too
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}{slides.suffix}")
        write_export(slides, path)
        open_in_browser(f"http://127.0.0.1:{port}/")
        try:
            ServePostProcessor(config=config, port=port, open_in_browser=False)(str(path))
        except OSError as error:
            raise ExportError(f"port {port} cannot be served at: {error.strerror}") from error
