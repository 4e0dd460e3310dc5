"""Where the style sheets and themes are: beside the packages in a checkout, inside `tui` once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def styles_folder() -> Path:
    """The folder of the `.tcss` files and of `themes`."""
    installed = _PACKAGE / "styles"
    return installed if installed.is_dir() else _PACKAGE.parent / "styles"


def stylesheet_paths() -> list[Path]:
    """Every style sheet, in the order in which they apply."""
    return sorted(styles_folder().glob("*.tcss"))
