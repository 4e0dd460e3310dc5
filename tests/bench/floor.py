"""The least that a Textual program can cost: it reads the notebook's bytes and shows one line."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static


class Floor(App[None]):
    """One widget with one line."""

    def compose(self) -> ComposeResult:
        """Show the mark that the benchmark waits for."""
        Path(sys.argv[1]).read_bytes()
        yield Static("FIRSTMARK")


Floor().run()
