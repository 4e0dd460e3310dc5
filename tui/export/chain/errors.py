"""What can go wrong with an export, in one line for a person."""

from __future__ import annotations

from typing import Final

INSTALL: Final = "pip install 'tnb[export]' installs it"


class ExportError(Exception):
    """A notebook cannot be exported; its text says why, and what would help."""


def one_line(error: BaseException) -> str:
    """What an error of foreign code says, without the pages that some add to it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0][:300]}" if lines else type(error).__name__
