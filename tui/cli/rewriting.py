"""What becomes of a notebook that a command made: written where it belongs, or only whether it differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.complaints import FAILED, complain
from tui.files.errors import shown

if TYPE_CHECKING:
    from tui.document.notebook import Notebook
    from tui.files.notebookfile import NotebookFile


def rewrite(file: NotebookFile, notebook: Notebook, *, only_checks: bool) -> int:
    """Save the notebook in its file, and nothing where nothing changed; the exit status.

    With `only_checks` the file is left as it is, and is named if it would change. Raises CannotSave.
    """
    from tui.files.notebookfile import save

    if not only_checks:
        save(file, notebook)
        return 0
    if file.encode(notebook) == file.data:
        return 0
    return complain(f"{shown(file.path)} would change", FAILED)


def holds(path: Path, data: bytes) -> bool:
    """Whether it is a file of just these bytes. Raises CannotRead where there is one that cannot be read."""
    from tui.files.regularfile import read_bytes

    return path.exists() and read_bytes(path) == data
