"""How the cursor looks."""

from __future__ import annotations

from enum import Enum


class CursorLook(Enum):
    """How the cursor is drawn; a bar between two cells cannot be."""

    BLOCK = "block"
    UNDERLINE = "underline"
    """Where vim's keys put text in, so that it differs from where they are commands."""
