"""By what a PDF is made here: LaTeX or a browser, whichever is installed."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import Final

from tui.export.chain.errors import ExportError

_LATEX: Final = ("xelatex", "pandoc")
_BROWSER: Final = "playwright"
_HELP: Final = (
    "LaTeX needs xelatex and pandoc (apt-get install texlive-xetex pandoc), "
    "a browser needs playwright (pip install 'nbconvert[webpdf]' && playwright install chromium)"
)


def pdf_exporter() -> str:
    """The name of the exporter that can do it. Raises ExportError, which says what each of them lacks."""
    lacking = [program for program in _LATEX if shutil.which(program) is None]
    if not lacking:
        return "pdf"
    if find_spec(_BROWSER) is not None:
        return "webpdf"
    raise ExportError(f"no pdf can be made here, without {' and '.join(lacking)} or {_BROWSER}: {_HELP}")
