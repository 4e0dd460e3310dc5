"""By what a PDF is made here: LaTeX or a browser, whichever is installed."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from tui.export.chain.advice import BROWSER_HELP, LATEX_HELP
from tui.export.chain.configured import exporter_named
from tui.export.chain.errors import ExportError

if TYPE_CHECKING:
    from traitlets.config import Config

_PANDOC: Final = "pandoc"
_BROWSER: Final = "playwright"


def pdf_exporter(config: Config) -> str:
    """The name of the exporter that can do it. Raises ExportError, which says what each of them lacks."""
    needed = (_latex(config), _PANDOC)
    lacking = [program for program in needed if shutil.which(program) is None]
    if not lacking:
        return "pdf"
    if find_spec(_BROWSER) is not None:
        return "webpdf"
    raise ExportError(
        f"no pdf can be made here, without {' and '.join(lacking)} or {_BROWSER}: "
        f"LaTeX takes {' and '.join(needed)} ({LATEX_HELP}), "
        f"a browser takes {_BROWSER} ({BROWSER_HELP})"
    )


def _latex(config: Config) -> str:
    """The program that is configured, which may be another than xelatex. Raises ExportError."""
    exporter: Any = exporter_named("pdf", config)
    return str(next(iter(exporter.latex_command), "xelatex"))
