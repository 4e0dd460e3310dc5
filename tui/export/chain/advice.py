"""What an error of nbconvert's means: why LaTeX failed, which program is missing, and what would help."""

from __future__ import annotations

import re
from typing import Final

LATEX_HELP: Final = "apt-get install texlive-xetex texlive-fonts-recommended texlive-plain-generic pandoc"
BROWSER_HELP: Final = "pip install 'nbconvert[webpdf]' && playwright install chromium"

_LATEX_PACKAGE: Final = re.compile(r"File `([^']+)' not found")
_LONGEST: Final = 300


def explained(error: BaseException) -> str:
    """What is to be told of it, in one line."""
    text = str(error)
    match type(error).__name__:
        case "PandocMissing":
            return "it takes pandoc, which is not installed: apt-get install pandoc"
        case "LatexFailed":
            return _of_latex(text)
        case _ if "Inkscape executable not found" in text:
            return "its pictures in SVG take inkscape, which is not installed: apt-get install inkscape"
        case _ if "No suitable chromium" in text:
            return (
                f"no chromium could be started ({_first_line(error.__cause__)}): playwright install chromium"
            )
        case _ if "Playwright is not installed" in text:
            return f"it takes playwright, which is not installed: {BROWSER_HELP}"
        case name:
            return f"{name}: {_first_line(error)}" if text.strip() else name


def _of_latex(log: str) -> str:
    """The first error in what LaTeX printed."""
    found = re.search(r"^! (.*)$", log, re.MULTILINE)
    if found is None:
        return f"LaTeX failed: {_last_line(log)}"
    said = " ".join(found[1].split())[:_LONGEST]
    missing = _LATEX_PACKAGE.search(said)
    return f"LaTeX failed: {said}" + (f" ({LATEX_HELP})" if missing else "")


def _first_line(error: BaseException | None) -> str:
    lines = [line.strip() for line in str(error or "").splitlines() if line.strip()]
    return lines[0][:_LONGEST] if lines else "it does not say why"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:_LONGEST] if lines else "it does not say why"
