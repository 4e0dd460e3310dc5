"""Actions whose parts most sessions never need: these are loaded when they are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen


def _compare(screen: NotebookScreen) -> None:
    from tui.screens.notebook.otherwriters import compare_with_disk

    screen.run_worker(partial(compare_with_disk, screen), exclusive=True, group="compare")


def _compare_with_head(screen: NotebookScreen) -> None:
    from tui.screens.notebook.committed import compare_with_head

    screen.run_worker(partial(compare_with_head, screen), exclusive=True, group="compare")


def _enter_controls(screen: NotebookScreen) -> None:
    from tui.screens.notebook.widgets import enter

    enter(screen)


HANDLERS: Mapping[str, Handler] = {
    "file.compare": _compare,
    "file.compare-head": _compare_with_head,
    "output.controls": _enter_controls,
}
