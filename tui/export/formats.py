"""The formats that a notebook can be exported to, told without loading what does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """One of them."""

    name: str
    suffix: str
    """Of its files; empty where only the exporter knows."""
    about: str


_KNOWN: Final = (
    Format("html", ".html", "a page for browsers"),
    Format("pdf", ".pdf", "by LaTeX or a browser, whichever is installed"),
    Format("slides", ".slides.html", "slides of reveal.js"),
    Format("markdown", ".md", "with a folder for its pictures"),
    Format("rst", ".rst", "reStructuredText"),
    Format("latex", ".tex", "LaTeX's source"),
    Format("asciidoc", ".asciidoc", "AsciiDoc"),
    Format("text", ".txt", "as tnb draws it, without colours"),
    Format("ansi", ".ans", "as tnb draws it, with colours, for a terminal"),
)
_NOT_OFFERED: Final = {"custom", "notebook", "python", "qtpdf", "qtpng", "webpdf"}
"""nbconvert's own others: parts of those that are offered."""


def formats(script_suffix: str = ".py") -> Sequence[Format]:
    """Those that tnb knows, and the exporters that other packages bring; a script ends in that suffix."""
    script = Format("script", script_suffix, "the code alone")
    known = {each.name for each in (*_KNOWN, script)} | _NOT_OFFERED
    names = sorted({point.name for point in entry_points(group="nbconvert.exporters")} - known)
    others = (Format(name, "", "an exporter that is installed here") for name in names)
    return [*_KNOWN, script, *others]
