"""The Textual app: wires screen, themes, keymap and terminal together, and little else."""

from __future__ import annotations

import os
from typing import ClassVar

from textual.app import App

from tui.files.notebookfile import NotebookFile
from tui.keymap import keymap_with
from tui.options import Options
from tui.screens.notebook.screen import NotebookScreen
from tui.stylesheets import stylesheet_paths
from tui.terminal.clipboard import copy_sequence
from tui.terminal.driver import TerminalDriver
from tui.theme import DARK, LIGHT, Palette, own_themes


class TnbApp(App[None], inherit_bindings=False):
    """One notebook in one terminal."""

    TITLE: ClassVar[str] = "tnb"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, file: NotebookFile, options: Options) -> None:
        super().__init__(driver_class=TerminalDriver, css_path=[*stylesheet_paths()])
        self.keymap = keymap_with({choice.action: choice.keys for choice in options.config.keys})
        self._file = file
        self._options = options
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = _theme_name(options.config.theme)
        self.palette = Palette(self.current_theme)

    def get_default_screen(self) -> NotebookScreen:
        """The notebook is what there is from the first frame on."""
        return NotebookScreen(self._file, self._options, self.keymap, self.palette)

    def claims_alt(self, key: str) -> bool:
        """Whether a key with alt means something; asked by the driver on its own thread."""
        return self.keymap.claims_alt(key)

    def copy_to_clipboard(self, text: str) -> None:
        """Give text to the terminal's clipboard (OSC 52)."""
        if self._driver is not None:
            self._driver.write(copy_sequence(text))

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        self.theme = LIGHT if self.current_theme.dark else DARK
        self.palette = Palette(self.current_theme)
        for screen in self.screen_stack:
            if isinstance(screen, NotebookScreen):
                screen.set_palette(self.palette)

    def redraw(self) -> None:
        """Paint everything anew, whatever the terminal shows."""
        self.refresh(repaint=True, layout=True)


def run(file: NotebookFile, options: Options) -> int:
    """Show the notebook until the person leaves; the exit status."""
    app = TnbApp(file, options)
    app.run(mouse=options.config.mouse)
    return app.return_code or 0


def _theme_name(configured: str) -> str:
    """The theme to begin with; `auto` goes by COLORFGBG, where the terminal sets it, and is dark otherwise."""
    match configured:
        case "dark":
            return DARK
        case "light":
            return LIGHT
        case "auto":
            background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
            return LIGHT if background in ("7", "15") else DARK
        case name:
            return name


