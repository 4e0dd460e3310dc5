"""What is to be run, as a value: all that is settled before a kernel is started, and light to load."""

from __future__ import annotations

from dataclasses import dataclass

from tui.document.notebook import Notebook
from tui.files.notebookfile import NotebookFile, Overwrite
from tui.headless.plan import Step


class NoKernelError(Exception):
    """There is no kernel to run it, or it may not be used; its text is one line for a person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds; None for as long as it takes."""

    cell: float | None = None
    total: float | None = None
    start: float = 60.0
    """For the kernel to come up."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run, and where its outputs go."""

    file: NotebookFile | None
    """Where they are written as they come; None where that is nobody's wish."""
    notebook: Notebook
    path: str
    """The notebook's, resolved, by which other frontends know its cells."""
    steps: tuple[Step, ...]
    limits: Limits
    is_joined: bool
    """Whether the kernel is one that ran before, and goes on."""
    overwrite: Overwrite = Overwrite.IF_UNCHANGED
