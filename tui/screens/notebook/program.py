"""Actions of the program around the notebook: help, palette, theme, redrawing, suspending."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from textual import events
    from textual.screen import Screen

    from kernelbridge.outputs import Output
    from tui.config import Config
    from tui.render.canvas import Canvas
    from tui.screens.notebook.clipboard import Clipboard
    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.theme import Palette
    from tui.widgets.tabline import TabTitle

T = TypeVar("T")


class Leaving(Enum):
    """What a person leaves."""

    THIS = "this notebook"
    ALL = "all that are open"


class Program(Protocol):
    """What a notebook's screen asks of the program that it is in."""

    leaving: Leaving
    """What is to be left once all questions are answered."""

    @property
    def canvas(self) -> Canvas:
        """What outputs are drawn upon, but for its width."""
        ...

    @property
    def clipboard(self) -> Clipboard:
        """What was copied, in whichever notebook."""
        ...

    def pass_on(self, event: events.Key | events.Paste) -> None:
        """Give input that waited to the screen that is up by now."""

    def leave(self, farewell: str = "") -> None:
        """End this notebook, with the last the program; `farewell` is a line to leave in the terminal."""

    def show_frames(self) -> None:
        """Show what is drawn from now on; until then another first frame stays."""

    def redraw(self) -> None:
        """Paint everything anew, whatever the terminal shows."""

    def suspend_program(self) -> None:
        """Give the terminal back to the shell until the program is continued."""

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Give the terminal to another program for as long as that has it."""
        ...

    def toggle_theme(self) -> None:
        """From dark to light and back."""

    def try_settings(self, config: Config) -> Palette:
        """Show all with these settings; the colours of what is shown then."""
        ...

    def copy_text(self, text: str) -> None:
        """Give text to the terminal's clipboard."""

    def notify_elsewhere(self, title: str, text: str) -> None:
        """Tell a person who does not look at the terminal."""

    def lay_over(
        self,
        screen: Screen[T | None],
        answered: Callable[[T], None] | None = None,
        closed: Callable[[], None] | None = None,
    ) -> None:
        """Show a screen above this one; `answered` gets what it ends with, if anything."""

    def open_page(self, output: Output) -> None:
        """Show an output on the whole screen."""

    def reopen(self, path: Path) -> None:
        """Read the notebook anew and edit it, over the one that is shown, which has left its kernel."""

    def open_other(self) -> None:
        """Let another notebook be chosen and open it in a tab of its own."""

    def open_path(self, path: Path) -> None:
        """Open a notebook of this machine in a tab of its own."""

    def turn_tabs(self, step: int) -> bool:
        """Show the tab so many further on, around the ends; whether there is another."""
        ...

    def pick_tab(self, index: int) -> None:
        """Show the tab of that number."""

    def tab_titles(self) -> Sequence[TabTitle]:
        """What the line of tabs shows; nothing where this is the only one."""
        ...


def _help(screen: NotebookScreen) -> None:
    from tui.screens.help import HelpScreen

    screen.program.lay_over(HelpScreen(screen.keymap, screen.palette))


def _palette(screen: NotebookScreen) -> None:
    from tui.screens.palette import PaletteScreen

    def chosen(action: str) -> None:
        screen.perform(action)
        screen.refresh_status()

    screen.program.lay_over(PaletteScreen(screen.keymap, screen.palette), chosen)


def _settings(screen: NotebookScreen) -> None:
    from tui.screens.taste import TasteScreen

    screen.program.lay_over(TasteScreen(screen.options.config, screen.palette, screen.program.try_settings))


def _pictures(screen: NotebookScreen) -> None:
    from tui.screens.notebook.pictures import pictures_of
    from tui.screens.pictures import PicturesScreen

    pictures = pictures_of(screen.focused_cell)
    if pictures:
        screen.program.lay_over(PicturesScreen(pictures, screen.palette, screen.program.canvas))
    else:
        screen.say("there is no picture in this cell")


def _others(screen: NotebookScreen) -> None:
    from tui.screens.notebook.others import answer
    from tui.screens.others import OthersScreen

    others = screen.controller.others
    others.unseen = 0
    screen.program.lay_over(
        OthersScreen(others, screen.palette, lambda run, wanted: answer(screen, run, wanted))
    )


def _tree(screen: NotebookScreen) -> None:
    from tui.screens.notebook.exploring import explore

    explore(screen)


def _elsewhere(screen: NotebookScreen) -> None:
    from tui.screens.notebook.takingout import take_out

    take_out(screen)


def _turn_tabs(screen: NotebookScreen, step: int) -> None:
    if not screen.program.turn_tabs(step):
        keys = screen.keymap.first_label("file.open", screen.mode)
        screen.say(f"no other notebook is open{f': {keys} opens one' if keys else ''}")


def _export(screen: NotebookScreen) -> None:
    from tui.screens.notebook.exporting import export

    export(screen)


def _clusters(screen: NotebookScreen) -> None:
    from tui.screens.notebook.clusters import show_clusters

    show_clusters(screen)


HANDLERS: Mapping[str, Handler] = {
    "file.open": lambda screen: screen.program.open_other(),
    "tab.next": lambda screen: _turn_tabs(screen, 1),
    "tab.previous": lambda screen: _turn_tabs(screen, -1),
    "app.help": _help,
    "app.palette": _palette,
    "app.settings": _settings,
    "app.redraw": lambda screen: screen.program.redraw(),
    "app.suspend": lambda screen: screen.program.suspend_program(),
    "cluster.show": _clusters,
    "file.export": _export,
    "output.elsewhere": _elsewhere,
    "output.tree": _tree,
    "output.picture": _pictures,
    "view.others": _others,
    "view.toggle-theme": lambda screen: screen.program.toggle_theme(),
}
