"""The launcher: which notebook to open, or to make, found as one types."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kernelbridge.environments import all_environments
from kernelbridge.installed import installed
from kernelbridge.keeper.errors import HomeError
from kernelbridge.kernelchoices import Candidates, EnvironmentChoice, InstalledChoice, choices
from kernelbridge.running import running_kernels
from tui.document.kernelspec import NamedKernelspec
from tui.files.folderlisting import free_name, notebooks_below
from tui.files.recent import recent_notebooks
from tui.options import PickedKernel
from tui.screens.dialog import SearchDialog
from tui.screens.launcherrows import Entry, KernelForNew, Lists, Opening, launcher_entries
from tui.widgets.hintline import Hint, Hints, Message, Severity, bottom_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.render.rows import Row
    from tui.theme import Palette

T = TypeVar("T")

PYTHON = NamedKernelspec("python3", "Python 3 (ipykernel)", "python")
"""What a notebook says of any environment: where it lies is the machine's business, not the notebook's."""


class LauncherScreen(SearchDialog[Opening], inherit_bindings=False):
    """Ends with what is to be opened, or with None."""

    HEADING = "Notebooks"
    HINTS = Hints((Hint("Enter", "open"), Hint("Up Down", "choose"), Hint("Esc", "close")))
    PLACEHOLDER = "type to find a notebook, or the name of a new one"

    def __init__(self, folder: Path, palette: Palette, complaint: str = "") -> None:
        """`complaint` is why what was chosen before could not be opened."""
        super().__init__(palette)
        self._lists = Lists(folder, folder / "Untitled.ipynb")
        self._complaint = complaint
        self._entries: Sequence[Entry] = ()

    def on_mount(self) -> None:
        """Look for what there is; each kind shows when it is found."""
        super().on_mount()
        self.run_worker(self._look(), group="launcher")

    async def _look(self) -> None:
        folder = self._lists.folder
        searches = (
            self._found(_recent, lambda lists, found: replace(lists, recent=found)),
            self._found(_running, lambda lists, found: replace(lists, running=found)),
            self._found(lambda: notebooks_below(folder), lambda lists, found: replace(lists, here=found)),
            self._found(lambda: free_name(folder), lambda lists, found: replace(lists, free=found)),
            self._found(lambda: _kernels(folder), lambda lists, found: replace(lists, kernels=found)),
        )
        await asyncio.gather(*searches)

    async def _found(self, look: Callable[[], T], take: Callable[[Lists, T], Lists]) -> None:
        """Look on a thread, and show what comes of it; the mark stays on what it was on."""
        found = await asyncio.to_thread(look)
        marked = self.answer(self.list.marked)
        self._lists = take(self._lists, found)
        self.list.remake()
        openings = [entry.opening for entry in self._entries]
        self.list.mark(openings.index(marked) if marked in openings and marked is not None else 0)

    def rows(self, width: int) -> list[Row]:
        """What fits, under headings."""
        self._entries = launcher_entries(self._lists, self.query_text, width)
        return [entry.row for entry in self._entries]

    def is_heading(self, index: int) -> bool:
        """Whether the row opens nothing."""
        return index < len(self._entries) and self._entries[index].opening is None

    def answer(self, index: int) -> Opening | None:
        """What the row opens."""
        return self._entries[index].opening if index < len(self._entries) else None

    def bottom(self, width: int) -> Row:
        """The keys, or what could not be opened."""
        said = Message(self._complaint, Severity.ERROR) if self._complaint else self.HINTS
        return bottom_row(said, width)

    def find(self, query: str) -> None:
        """Show what fits."""
        self._complaint = ""
        super().find(query)


def _recent() -> list[Path]:
    return [each.path for each in recent_notebooks() if each.path.is_file()]


def _running() -> Mapping[Path, str]:
    """What the kernels of notebooks of this machine are doing, the newest first."""
    try:
        found = running_kernels()
    except HomeError:
        return {}
    places = ((each.home.meta.notebook, each) for each in found if each.is_here and not each.is_notebook_gone)
    return {Path(path): each.word.value for path, each in places if path is not None and path.startswith("/")}


def _kernels(folder: Path) -> list[KernelForNew]:
    """The kernels that can be started here, those of environments nearby first."""
    found = Candidates(str(folder), installed=installed(), environments=all_environments(folder))
    kernels: list[KernelForNew] = []
    for choice in choices(found):
        match choice:
            case InstalledChoice(problem="", launch=launch):
                named = NamedKernelspec(launch.name, launch.display_name, launch.language)
                kernels.append(KernelForNew(choice.title, choice.detail, named, PickedKernel(launch)))
            case EnvironmentChoice(launch=launch, environment=environment):
                kernel = PickedKernel(launch)
                kernels.append(KernelForNew(choice.title, choice.detail, PYTHON, kernel, environment.prefix))
            case _:
                continue
    return kernels
