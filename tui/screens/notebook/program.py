"""Help, palette, pages of text, theme, redrawing, suspending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData
from tui.screens.help import HelpScreen
from tui.screens.pager import PagerScreen
from tui.screens.palette import PaletteScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kernelbridge.outputs import MimeBundle
    from tui.screens.notebook.screen import Handler, NotebookScreen


def _help(screen: NotebookScreen) -> None:
    screen.app.push_screen(HelpScreen(screen.keymap, screen.palette))


def _palette(screen: NotebookScreen) -> None:
    def chosen(action: str | None) -> None:
        if action is not None:
            screen.perform(action)
            screen.refresh_status()

    screen.app.push_screen(PaletteScreen(screen.keymap, screen.palette), chosen)


def show_page(screen: NotebookScreen, data: MimeBundle) -> None:
    """Show a text that the kernel sent for a pager."""
    screen.app.push_screen(PagerScreen(DisplayData(data), screen.palette))


HANDLERS: Mapping[str, Handler] = {
    "app.help": _help,
    "app.palette": _palette,
    "app.redraw": lambda screen: screen.app.redraw(),
    "app.suspend": lambda screen: screen.app.action_suspend_process(),
    "view.toggle-theme": lambda screen: screen.app.toggle_theme(),
}
