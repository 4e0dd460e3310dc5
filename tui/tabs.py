"""The notebooks that are open in one terminal: each a tab with screens of its own, all of them alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tui.screens.notebook.program import Leaving
from tui.screens.notebook.screen import NotebookScreen
from tui.widgets.tabline import TabTitle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from textual import events
    from textual.screen import Screen

    from kernelbridge.outputs import Output
    from tui.config import Config
    from tui.render.canvas import Canvas
    from tui.screens.notebook.clipboard import Clipboard
    from tui.theme import Palette

T = TypeVar("T")


class Host(Protocol):
    """What a tab asks of the app around it."""

    canvas: Canvas
    copied: Clipboard
    palette: Palette
    tabs: Tabs

    def pass_on(self, event: events.Key | events.Paste) -> None:
        """Give input to the screen that is up."""

    def show_frames(self) -> None:
        """Show what is drawn from now on."""

    def redraw(self) -> None:
        """Paint everything anew."""

    def suspend_program(self) -> None:
        """Give the terminal back to the shell."""

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Give the terminal to another program for as long as that has it."""
        ...

    def try_settings(self, config: Config) -> Palette:
        """Show all with these settings; the colours of what is shown then."""
        ...

    def toggle_theme(self) -> None:
        """From dark to light and back."""

    def copy_text(self, text: str) -> None:
        """Give text to the terminal's clipboard."""

    def notify_elsewhere(self, title: str, text: str) -> None:
        """Tell a person who does not look at the terminal."""

    def stack_of(self, mode: str) -> list[Screen[Any]]:
        """The screens of a tab, the one below first."""
        ...

    def push_over(self, mode: str, screen: Screen[Any], dismissed: Callable[[Any], None]) -> None:
        """Show a screen above the others of a tab."""

    def close_tab(self, tab: Tab, farewell: str) -> None:
        """End a tab; with the last the program."""

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""

    def open_other(self) -> None:
        """Let another notebook be chosen and open it."""

    def open_path(self, path: Path) -> None:
        """Open a notebook in a tab of its own."""

    def reopened(self, tab: Tab, path: Path) -> None:
        """Read the tab's notebook anew and edit it."""

    def note_opened(self, tab: Tab) -> None:
        """A notebook is on the screen."""


@dataclass(eq=False)
class Tab:
    """One open notebook, and what its screen asks of the program (`Program`)."""

    host: Host
    mode: str
    leaving: Leaving = Leaving.ALL

    @property
    def canvas(self) -> Canvas:
        """What outputs are drawn upon, but for its width."""
        return self.host.canvas

    @property
    def clipboard(self) -> Clipboard:
        """What was copied, in whichever notebook."""
        return self.host.copied

    @property
    def screens(self) -> list[Screen[Any]]:
        """Its screens, the one below first."""
        return self.host.stack_of(self.mode)

    @property
    def notebook(self) -> NotebookScreen | None:
        """The screen of its notebook."""
        found = (screen for screen in reversed(self.screens) if isinstance(screen, NotebookScreen))
        return next(found, None)

    def pass_on(self, event: events.Key | events.Paste) -> None:
        """Give input that waited to the screen that is up by now."""
        self.host.pass_on(event)

    def leave(self, farewell: str = "") -> None:
        """End this notebook; where all are to be left, the others ask in their turn."""
        self.host.close_tab(self, farewell)

    def show_frames(self) -> None:
        """Show what is drawn from now on; until then another first frame stays."""
        self.host.show_frames()
        self.host.note_opened(self)

    def redraw(self) -> None:
        """Paint everything anew, whatever the terminal shows."""
        self.host.redraw()

    def suspend_program(self) -> None:
        """Give the terminal back to the shell until the program is continued."""
        self.host.suspend_program()

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Give the terminal to another program for as long as that has it."""
        return self.host.lend_terminal()

    def try_settings(self, config: Config) -> Palette:
        """Show all with these settings; the colours of what is shown then."""
        return self.host.try_settings(config)

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        self.host.toggle_theme()

    def copy_text(self, text: str) -> None:
        """Give text to the terminal's clipboard."""
        self.host.copy_text(text)

    def notify_elsewhere(self, title: str, text: str) -> None:
        """Tell a person who does not look at the terminal."""
        self.host.notify_elsewhere(title, text)

    def lay_over(
        self,
        screen: Screen[T | None],
        answered: Callable[[T], None] | None = None,
        closed: Callable[[], None] | None = None,
    ) -> None:
        """Show a screen above this notebook; `answered` gets what it ends with, if anything."""

        def dismissed(answer: T | None) -> None:
            if closed is not None:
                closed()
            if answer is not None and answered is not None:
                answered(answer)

        self.host.push_over(self.mode, screen, dismissed)

    def open_page(self, output: Output) -> None:
        """Show an output on the whole screen, in the place of another one that is shown there."""
        from tui.screens.pager import PagerScreen

        for screen in self.screens:
            if isinstance(screen, PagerScreen):
                screen.turn_to(output)
                return
        self.lay_over(PagerScreen(output, self.host.palette, self.canvas))

    def reopen(self, path: Path) -> None:
        """Read the notebook anew and edit it, over the one that is shown, which has left its kernel."""
        self.host.reopened(self, path)

    # -- the other tabs ----

    def open_other(self) -> None:
        """Let another notebook be chosen and open it in a tab of its own."""
        self.host.open_other()

    def open_path(self, path: Path) -> None:
        """Open a notebook of this machine in a tab of its own."""
        self.host.open_path(path)

    def turn_tabs(self, step: int) -> bool:
        """Show the tab so many further on, around the ends; whether there is another."""
        tabs = self.host.tabs.open
        if len(tabs) < 2:
            return False
        self.host.show_tab(tabs[(tabs.index(self) + step) % len(tabs)])
        return True

    def pick_tab(self, index: int) -> None:
        """Show the tab of that number."""
        tabs = self.host.tabs.open
        if index < len(tabs):
            self.host.show_tab(tabs[index])

    def tab_titles(self) -> Sequence[TabTitle]:
        """What the line of tabs shows; nothing where this is the only one."""
        tabs = self.host.tabs.open
        return [_title(tab, is_front=tab is self) for tab in tabs] if len(tabs) > 1 else ()


def _title(tab: Tab, *, is_front: bool) -> TabTitle:
    screen = tab.notebook
    if screen is None:
        return TabTitle("", is_front)
    is_modified = screen.controller.document.is_modified
    return TabTitle(screen.file.path.name, is_front, is_modified, bool(screen.controller.runs.active()))


@dataclass
class Tabs:
    """All tabs, in the order in which they were opened."""

    open: list[Tab] = field(default_factory=list["Tab"])
    _count: int = 0

    def new_mode(self) -> str:
        """A name for the screens of another tab."""
        self._count += 1
        return f"notebook-{self._count}"

    def notebooks(self) -> list[NotebookScreen]:
        """The screens of all notebooks."""
        return [screen for tab in self.open if (screen := tab.notebook) is not None]

    def with_path(self, path: Path) -> Tab | None:
        """The tab in which that file is open."""
        for tab in self.open:
            screen = tab.notebook
            if screen is not None and screen.file.path.absolute() == path.absolute():
                return tab
        return None

    def beside(self, tab: Tab) -> Tab | None:
        """The one to show when that tab is closed."""
        at = self.open.index(tab)
        others = [*self.open[at + 1 :], *reversed(self.open[:at])]
        return others[0] if others else None
