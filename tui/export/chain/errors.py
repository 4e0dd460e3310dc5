"""What can go wrong with an export, in one line for a person."""

from __future__ import annotations

from typing import Final

INSTALL: Final = "pip install 'tnb[export]' installs it"


class ExportError(Exception):
    """A notebook cannot be exported; its text says why, and what would help."""
