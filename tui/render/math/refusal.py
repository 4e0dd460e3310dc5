"""What is raised where a formula cannot be set, by any part from the lexer to the layout."""

from __future__ import annotations


class CannotTypesetError(Exception):
    """The message says why, for a person: short and without a full stop."""
