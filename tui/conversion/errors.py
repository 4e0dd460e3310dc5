"""What can go wrong with a conversion, in one line for a person."""

from __future__ import annotations


class ConversionError(Exception):
    """It cannot be done; its text says why, and what would help."""
