"""Actions of the program around the notebook: help, palette, theme, redrawing, suspending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from textual import events

    from kernelbridge.kernelchoices import Choice
    from kernelbridge.outputs import JsonValue, Output
    from tui.files.outputfile import OutputFile
    from tui.otherruns import OtherRun, OtherRuns
    from tui.render.canvas import Canvas
    from tui.render.content import Content
    from tui.render.links import Link
    from tui.screens.differences import Answer, Subject
    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.screens.others import OthersAnswer
    from tui.screens.outputfiles import Choice as OutputChoice
    from tui.screens.table.opentable import OpenTable


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

    def open_help(self) -> None:
        """Show all keys."""

    def open_palette(self, chosen: Callable[[str], None]) -> None:
        """Let an action be chosen by name; `chosen` gets its id."""

    def open_kernel_picker(self, choices: Sequence[Choice], chosen: Callable[[Choice], None]) -> None:
        """Let a kernel be chosen of those; `chosen` gets it."""

    def open_links(self, links: Sequence[Link], chosen: Callable[[Link], None]) -> None:
        """Let a link be chosen of those; `chosen` gets it."""

    def open_page(self, output: Output) -> None:
        """Show an output on the whole screen."""

    def open_table(self, table: OpenTable, copy: Callable[[str], str], closed: Callable[[], None]) -> None:
        """Show a table on the whole screen; `copy` takes what is copied there, and says what came of it."""

    def open_pictures(self, pictures: Sequence[Content]) -> None:
        """Show pictures, one at a time, on the whole screen."""

    def open_others(self, others: OtherRuns, chosen: Callable[[OtherRun, OthersAnswer], None]) -> None:
        """Show runs that belong to no cell; `chosen` gets one of them, and what is to be done with it."""

    def open_differences(self, subject: Subject, answered: Callable[[Answer], None]) -> None:
        """Show two versions of the notebook side by side; `answered` gets what is to be taken."""

    def open_tree(self, value: JsonValue, title: str, copy: Callable[[str], None]) -> None:
        """Let a person walk through a JSON value; `copy` gets what they copy."""

    def open_output_files(
        self, files: Sequence[OutputFile], name: str, folder: Path, chosen: Callable[[OutputChoice], None]
    ) -> None:
        """Let one of the outputs be opened, or saved in `folder` as `name`; `chosen` gets which."""

    def reopen(self, path: Path) -> None:
        """Read the notebook anew and edit it, over the one that is shown, which has left its kernel."""


def _palette(screen: NotebookScreen) -> None:
    def chosen(action: str) -> None:
        screen.perform(action)
        screen.refresh_status()

    screen.program.open_palette(chosen)


def _pictures(screen: NotebookScreen) -> None:
    from tui.screens.notebook.pictures import pictures_of

    pictures = pictures_of(screen.focused_cell)
    if pictures:
        screen.program.open_pictures(pictures)
    else:
        screen.say("there is no picture in this cell")


def _others(screen: NotebookScreen) -> None:
    from tui.screens.notebook.others import answer

    screen.controller.others.unseen = 0
    screen.program.open_others(screen.controller.others, lambda run, wanted: answer(screen, run, wanted))


def _tree(screen: NotebookScreen) -> None:
    from tui.screens.notebook.exploring import explore

    explore(screen)


def _elsewhere(screen: NotebookScreen) -> None:
    from tui.screens.notebook.takingout import take_out

    take_out(screen)


HANDLERS: Mapping[str, Handler] = {
    "app.help": lambda screen: screen.program.open_help(),
    "app.palette": _palette,
    "app.redraw": lambda screen: screen.program.redraw(),
    "app.suspend": lambda screen: screen.program.suspend_program(),
    "output.elsewhere": _elsewhere,
    "output.tree": _tree,
    "output.picture": _pictures,
    "view.others": _others,
    "view.toggle-theme": lambda screen: screen.program.toggle_theme(),
}
