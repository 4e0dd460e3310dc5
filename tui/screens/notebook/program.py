"""Actions of the program around the notebook: help, palette, theme, redrawing, suspending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from textual import events
    from textual.screen import Screen

    from kernelbridge.outputs import Output
    from tui.render.canvas import Canvas
    from tui.screens.notebook.screen import Handler, NotebookScreen

T = TypeVar("T")


class Program(Protocol):
    """What a notebook's screen asks of the program that it is in."""

    canvas: Canvas
    """What outputs are drawn upon, but for its width."""

    def pass_on(self, event: events.Key | events.Paste) -> None:
        """Give input that waited to the screen that is up by now."""

    def leave(self, farewell: str = "") -> None:
        """End the program; `farewell` is a line to leave in the terminal."""

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


def _help(screen: NotebookScreen) -> None:
    from tui.screens.help import HelpScreen

    screen.program.lay_over(HelpScreen(screen.keymap, screen.palette))


def _palette(screen: NotebookScreen) -> None:
    from tui.screens.palette import PaletteScreen

    def chosen(action: str) -> None:
        screen.perform(action)
        screen.refresh_status()

    screen.program.lay_over(PaletteScreen(screen.keymap, screen.palette), chosen)


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


HANDLERS: Mapping[str, Handler] = {
    "app.help": _help,
    "app.palette": _palette,
    "app.redraw": lambda screen: screen.program.redraw(),
    "app.suspend": lambda screen: screen.program.suspend_program(),
    "output.elsewhere": _elsewhere,
    "output.tree": _tree,
    "output.picture": _pictures,
    "view.others": _others,
    "view.toggle-theme": lambda screen: screen.program.toggle_theme(),
}
