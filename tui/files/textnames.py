"""Which files are text with cells in it: their names say so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SCRIPTS: Final = frozenset(
    {
        *(
            ".py",
            ".r",
            ".jl",
            ".m",
            ".js",
            ".ts",
            ".scala",
            ".cs",
            ".rs",
            ".sh",
            ".clj",
            ".ps1",
            ".lua",
            ".go",
        ),
        *(".hs", ".sage", ".groovy", ".kt"),
    }
)
DOCUMENTS: Final = frozenset({".md", ".markdown", ".rmd", ".qmd"})


def is_text_notebook(path: Path) -> bool:
    """Whether a file of that name is a text with cells, rather than JSON."""
    return path.suffix.lower() in SCRIPTS | DOCUMENTS
