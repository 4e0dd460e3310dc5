"""nbconvert as this user has configured it, and as they asked for it on the command line."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.export.chain.advice import explained
from tui.export.chain.counting import Report, counted
from tui.export.chain.errors import INSTALL, ExportError
from tui.lean.libraries import missing

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter
    from traitlets.config import Config

_SLOW: Final = "rfc3987_syntax"
"""A grammar that jsonschema builds for two seconds where it is installed, and that notebooks do not need."""


_EXPORTERS: Final = "nbconvert.exporters.base"


@dataclass(frozen=True, slots=True)
class Chain:
    """What of nbconvert is to be used, and how it is to look."""

    template: str | None = None
    """The name or the path of a template; None for the exporter's own."""
    config_file: Path | None = None
    """One more file of configuration, over the user's own."""
    has_input: bool = True
    has_prompts: bool = True
    removed_tags: tuple[str, ...] = ()
    """Cells with one of these tags are left out."""
    traits: tuple[str, ...] = ()
    """As nbconvert's own command line has them: `--HTMLExporter.embed_images=True`."""


class _LastWords(logging.Handler):
    """Keeps what an application says before it gives up."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text = record.getMessage()


def configuration(chain: Chain) -> Config:
    """What the files say, with what was asked for over it. Raises ExportError.

    The current folder's own `jupyter_nbconvert_config.py` is a program that came with a notebook: it is
    not run unless it is named.
    """
    with loading():
        from nbconvert.nbconvertapp import NbConvertApp

    class Application(NbConvertApp):
        """nbconvert's own, which writes nothing, and gives up by an exception."""

        raise_config_file_errors = True

        @property
        def config_file_paths(self) -> list[str]:
            return [path for path in super().config_file_paths if Path(path) != Path.cwd()]

        def exit(self, exit_status: int | str | None = 0) -> None:
            raise ExportError(f"nbconvert's configuration: {words.text or exit_status}")

    words = _LastWords()
    application = Application(log=_quiet(words))
    with one_line_errors("nbconvert's configuration"):
        application.parse_command_line([*_words(chain)])
        said = deepcopy(application.config)
        application.load_config_file()
        application.update_config(said)
    _change(application.config, chain)
    return application.config


def _quiet(handler: logging.Handler) -> logging.Logger:
    log = logging.getLogger("tnb.export")
    log.handlers = [handler]
    log.propagate = False
    return log


def _words(chain: Chain) -> list[str]:
    words = list(chain.traits)
    if chain.config_file is not None:
        words.append(f"--config={chain.config_file.absolute()}")
    if chain.template is not None:
        words.append(f"--template={chain.template}")
    if not chain.has_input:
        words.append("--no-input")
    if not chain.has_prompts:
        words.append("--no-prompt")
    return words


def _change(config: Config, chain: Chain) -> None:
    if not chain.removed_tags:
        return
    removing: Any = config.TagRemovePreprocessor
    before: set[str] = set(removing.get("remove_cell_tags", ()))
    removing.enabled = True
    removing.remove_cell_tags = before | set(chain.removed_tags)


def exporter_named(name: str, config: Config, report: Report | None = None) -> Exporter:
    """The exporter of that name, nbconvert's or another package's, or the one at that import path.

    `report` hears which cell it has got to. Raises ExportError.
    """
    with loading():
        base = import_module(_EXPORTERS)
    plain = (base.ExporterNameError, base.ExporterDisabledError)
    with one_line_errors(f"the format {name}", *plain), loading():
        kind = base.get_exporter(name, config)
        return (kind if report is None else counted(kind, report))(config=config)


def format_names(config: Config | None = None) -> Sequence[str]:
    """The exporters that are installed and enabled, those of other packages too. Raises ExportError."""
    with one_line_errors("the list of formats"), loading():
        return import_module(_EXPORTERS).get_export_names(config)


@contextmanager
def loading() -> Generator[None]:
    """Load a part of nbconvert, fast. Raises ExportError where it is not installed."""
    with missing(_SLOW):
        try:
            import_module("nbconvert")
            yield
        except ModuleNotFoundError as error:
            raise ExportError(f"export needs {error.name}, which is not installed: {INSTALL}") from error


@contextmanager
def one_line_errors(what: str, *plain: type[Exception]) -> Generator[None]:
    """Raises ExportError for whatever goes wrong: what runs here is other people's code.

    Those of the `plain` types say enough by their text.
    """
    try:
        yield
    except ExportError:
        raise
    except plain as error:
        raise ExportError(" ".join(str(error).split())) from error
    except Exception as error:
        raise ExportError(f"{what}: {explained(error)}") from error


def without_folder_on_path() -> None:
    """Load nothing from the current folder, which may have come with a notebook."""
    here = os.path.realpath(Path.cwd())
    sys.path[:] = [entry for entry in sys.path if entry and os.path.realpath(entry) != here]
