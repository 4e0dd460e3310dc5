"""The Textual app: wires screens, themes, keymap and terminal together, and little else."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.screen import Screen
from textual.worker import WorkerFailed

from tui.actions import Mode
from tui.containing import Containing
from tui.crashes import written_down
from tui.faults import reported
from tui.files.place import Here
from tui.kernellaunch import launch_local
from tui.kernelreach import Launch
from tui.keymap import Keymap
from tui.orderedinput import OrderedInput
from tui.owntheme import DARK, LIGHT, theme_name
from tui.render.canvas import Ground, Pictures
from tui.sanitize import clean
from tui.screens.notebook.clipboard import Clipboard
from tui.screens.notebook.program import Leaving
from tui.screens.notebook.screen import NotebookScreen
from tui.stylesheets import stylesheet_paths
from tui.tabs import Tab, Tabs
from tui.terminal.attention import Attention
from tui.terminal.background import QUESTION as BACKGROUND_QUESTION
from tui.terminal.background import is_light, is_worth_asking
from tui.terminal.clipboard import copy_sequence
from tui.terminal.driver import TerminalDriver
from tui.terminal.graphics.cellsize import cell_size
from tui.terminal.graphics.hanging import Hanging, Wrapping
from tui.terminal.graphics.tmux import terminal_around
from tui.terminal.notifying import notification
from tui.terminal.textualdisplay import is_frame
from tui.terminal.textualevents import TerminalReplied
from tui.theme import Palette, own_themes
from tui.view.alignment import aligned
from tui.view.surface import Surface
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType
    from textual import events

    from tui.config import Config
    from tui.files.notebookfile import NotebookFile
    from tui.options import Options
    from tui.render.canvas import Canvas
    from tui.screens.launcherrows import Opening
    from tui.view.atonce import PlacedLine


_SWITCH = 0.0005
"""Seconds, of which Python has 5, until the thread that writes has its turn while another works."""
_FIRST = "first"
"""What Textual calls the screens of the first tab."""
_STANDARD_OUTPUT = 1
"""The terminal, whatever Textual puts in the place of `sys.stdout`."""


@runtime_checkable
class ClaimsAlt(Protocol):
    """A screen of ours that has keys with alt."""

    def claims_alt(self, key: str) -> bool:
        """Whether a key such as "alt+c" means something now; asked by the driver."""
        ...


@runtime_checkable
class DrawsOutputs(Protocol):
    """A screen of ours on which outputs are drawn."""

    def set_canvas(self, canvas: Canvas) -> None:
        """Draw them for another terminal or theme."""


class TnbApp(OrderedInput, inherit_bindings=False):
    """The notebooks that are open in one terminal."""

    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = _FIRST

    def __init__(
        self,
        file: NotebookFile | None,
        options: Options,
        launch: Launch = launch_local,
        others: Launch = launch_local,
        folder: Path | None = None,
    ) -> None:
        """`launch` finds the first notebook's kernel: one that is installed here, unless told otherwise.

        `others` finds those of others. Without a file the launcher is shown, for the folder.
        """
        super().__init__(driver_class=TerminalDriver, css_path=[*stylesheet_paths()])
        self.keymap = Keymap(own={choice.action: choice.keys for choice in options.config.keys})
        self._file = file
        self._options = options
        self._launch = launch
        self._launch_others = others
        self._folder = folder if folder is not None else Path.cwd()
        self.copied = Clipboard()
        self.tabs = Tabs()
        self._add_tab_mode(_FIRST, self._first_screen)
        for theme in own_themes(options.config.themes):
            self.register_theme(theme)
        self.theme = theme_name(options.config.theme)
        self.palette = Palette(self.current_theme)
        self._surface = Surface(
            options.config.pictures,
            self._ground(),
            cell_size(_STANDARD_OUTPUT),
            self.size.height,
            None if self.no_color else self.console.color_system,
        )
        self.hanging = Hanging(self._surface.gallery)
        self.canvas = self._surface.canvas
        """What screens draw upon, but for its width."""
        self._attention = Attention()
        self.farewell = ""
        """A line to leave in the terminal."""
        self.faults: list[Exception] = []
        """The bugs so far."""
        self._is_up = False
        """Whether there is a notebook to go on with after a bug."""

    def _first_screen(self) -> Screen[Any]:
        """The notebook is what there is from the first frame on; without one, nothing behind the launcher."""
        if self._file is None:
            return LobbyScreen()
        return self._notebook_screen(self._file, self._options, self._launch, self._new_tab(_FIRST))

    def _add_tab_mode(self, mode: str, make: Callable[[], Screen[Any]]) -> None:
        self.add_mode(mode, make)  # pyright: ignore[reportUnknownMemberType] - Screen is bare there

    def _new_tab(self, mode: str) -> Tab:
        tab = Tab(self, mode)
        self.tabs.open.append(tab)
        return tab

    def _notebook_screen(
        self, file: NotebookFile, options: Options, launch: Launch, tab: Tab
    ) -> NotebookScreen:
        return NotebookScreen(file, options, self.keymap, self.palette, tab, launch)

    def on_mount(self) -> None:
        """What fails in the loop is taken as other bugs are; without a notebook, ask for one."""
        asyncio.get_running_loop().set_exception_handler(self._take_fault_of_loop)
        if self._driver is not None and is_worth_asking(self._options.config.theme):
            self._driver.write(BACKGROUND_QUESTION)
        if self._file is None:
            self.open_other()

    def on_compose(self, event: events.Compose) -> None:
        """Nothing is on all screens, and mounting nothing would fail where a signal came before them."""
        event.prevent_default()

    def note_input(self) -> None:
        """A person is at the terminal."""
        self._attention.key()

    def on_app_focus(self) -> None:
        """The terminal has the focus again: files may have changed meanwhile, and what it shows, too."""
        self._attention.focus(has_focus=True)
        if self.canvas.pictures is not Pictures.SIXEL:  # those are long to send
            self._paint_anew()
        for screen in self.tabs.notebooks():
            screen.come_back()

    def on_app_blur(self) -> None:
        """The terminal has the focus no more."""
        self._attention.focus(has_focus=False)

    async def on_terminal_replied(self, message: TerminalReplied) -> None:
        """The terminal says which ground it has and what it can do; what is around tmux is asked of that."""
        light = is_light(message.sequence)
        if light is not None and self._options.config.theme == "auto" and light is self.current_theme.dark:
            self._take_theme(LIGHT if light else DARK)
        was_known = self._surface.is_known
        if (question := self._surface.hear(message.sequence)) and self._driver is not None:
            self._driver.write(question)
        self._update_canvas()
        if self._surface.is_known and not was_known:
            await self._look_around_tmux()

    def on_resize(self, event: events.Resize) -> None:
        """The window's size is another, and perhaps because its font is."""
        self._surface.take_size(cell_size(_STANDARD_OUTPUT), event.size.height)
        self._update_canvas()

    async def on_unmount(self) -> None:
        """Nobody waits for pictures any more."""
        if (workshop := sys.modules.get("tui.render.picture.workshop")) is not None:
            workshop.WORKSHOP.stop()

    async def _look_around_tmux(self) -> None:
        if os.environ.get("TMUX"):
            self._surface.hear_of_terminal_around(await asyncio.to_thread(terminal_around, os.environ))
            self._update_canvas()

    def _ground(self) -> Ground:
        return Ground.DARK if self.current_theme.dark else Ground.LIGHT

    def _update_canvas(self) -> None:
        canvas = self._surface.canvas
        if canvas == self.canvas:
            return
        self.canvas = canvas
        is_in_tmux = bool(os.environ.get("TMUX")) and canvas.pictures is Pictures.KITTY
        self.hanging.wrapping = Wrapping.TMUX if is_in_tmux else Wrapping.NONE
        for tab in self.tabs.open:
            for screen in tab.screens:
                if isinstance(screen, DrawsOutputs):
                    screen.set_canvas(canvas)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual's seam to the terminal: frames go as differences, all else as it is."""
        driver = self._driver
        if isinstance(driver, TerminalDriver) and self.shows_lines and is_frame(renderable):
            driver.show(renderable, self.console)
            self.post_display_hook()
        else:
            super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType] - Screen is bare there

    def claims_alt(self, key: str) -> bool:
        """Whether a key with alt means something now; asked by the driver."""
        screen = self.screen if self.screen_stack else None  # keys come before there is a screen, too
        if isinstance(screen, ClaimsAlt):
            return screen.claims_alt(key)
        mode = screen.mode if isinstance(screen, NotebookScreen) else Mode.COMMAND
        return self.keymap.claims_alt(key, mode)

    def prepared(self, frame: str) -> str:
        """A frame as it is to be sent; asked by the driver."""
        return aligned(frame)

    # -- bugs ----

    def take_fault(self, error: Exception, doing: str) -> None:
        """Go on after a bug: it is told in the notebook's line, with where its report is."""
        self.faults.append(error)
        line = reported(error, doing)
        for screen in self.tabs.notebooks():
            screen.say(line, Severity.ERROR)

    def keep_unsaved(self) -> None:
        """Have what is unsaved on the disk now, whatever is to come."""
        for screen in self.tabs.notebooks():
            screen.backup.keep_now()

    def _handle_exception(self, error: Exception) -> None:
        """Textual's seam for what nobody caught, at which it would end, showing all values that were at hand.

        It comes from workers, timers and callbacks; and from a screen that cannot be put together, without
        which there is no going on before the first is up.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._is_up and isinstance(cause, Exception):
            if not isinstance(self.screen, NotebookScreen | LobbyScreen):
                self.pop_screen()  # perhaps it is that which could not be put together
            self.take_fault(cause, "work of the screen")
            return
        self.keep_unsaved()
        self.faults.append(error)
        self._return_code = 1
        self.farewell = reported(error, "starting the screen")
        self._close_messages_no_wait()

    def _take_fault_of_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and self._is_up:
            self.take_fault(error, str(context.get("message")))
        else:
            loop.default_exception_handler(context)

    # -- what screens ask of the program ----

    def show_frames(self) -> None:
        """Show what is drawn from now on; until then another first frame stays."""
        self._is_up = True
        if isinstance(self._driver, TerminalDriver) and self._driver.release():
            self.screen.refresh()

    @property
    def may_paint(self) -> bool:
        """Whether what is painted now is shown."""
        return not self._batch_count

    @property
    def shows_lines(self) -> bool:
        """Whether frames go to the terminal as differences, or lines at once."""
        is_up = self._running and not self._closed and not self._batch_count
        return is_up and isinstance(self._driver, TerminalDriver) and self._options.config.send_differences

    def show_lines(self, lines: Iterable[PlacedLine]) -> None:
        """Show lines of widgets, as one frame."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.show_lines(lines, self.console)

    def redraw(self) -> None:
        """Paint everything anew, whatever the terminal shows, and whichever tmux is on by now."""
        if self._driver is not None:
            self._driver.write(self.hanging.taken_down())
        self.run_worker(self._look_around_tmux, exclusive=True, group="tmux")
        self._paint_anew()

    def _paint_anew(self) -> None:
        if isinstance(self._driver, TerminalDriver) and self._options.config.send_differences:
            self._driver.paint_anew()
        else:
            self.refresh(repaint=True, layout=True)

    def suspend_program(self) -> None:
        """Give the terminal back to the shell until the program is continued."""
        self.action_suspend_process()

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Give the terminal to another program for as long as that has it."""
        driver = self._driver
        return driver.lent() if isinstance(driver, TerminalDriver) else nullcontext()

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        self._take_theme(LIGHT if self.current_theme.dark else DARK)

    def try_settings(self, config: Config) -> Palette:
        """Show all with these settings; the colours of what is shown then."""
        self._options = replace(self._options, config=config)
        self._take_theme(theme_name(config.theme))
        for screen in self.tabs.notebooks():
            screen.take_config(config)
        return self.palette

    def _take_theme(self, name: str) -> None:
        self.theme = name
        self.palette = Palette(self.current_theme)
        for screen in self.tabs.notebooks():
            screen.set_palette(self.palette)
        self._surface.take_ground(self._ground())
        self._update_canvas()

    def copy_text(self, text: str) -> None:
        """Give text to the terminal's clipboard (OSC 52)."""
        if self._driver is not None:
            self._driver.write(copy_sequence(text))

    def notify_elsewhere(self, title: str, text: str) -> None:
        """Tell a person who does not look at the terminal."""
        if self._driver is not None and self._attention.is_elsewhere:
            in_tmux = bool(os.environ.get("TMUX"))
            self._driver.write(notification(title, text, self._surface.name, os.environ, in_tmux=in_tmux))

    # -- tabs ----

    def stack_of(self, mode: str) -> list[Screen[Any]]:
        """The screens of a tab, the one below first; none before there are any, and once it is closed."""
        return [*self._screen_stacks.get(mode, ())]

    def push_over(self, mode: str, screen: Screen[Any], dismissed: Callable[[Any], None]) -> None:
        """Show a screen above the others of a tab, which need not be the one in front."""
        self.push_screen(screen, dismissed, mode=mode)

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.switch_mode(tab.mode)

    def close_tab(self, tab: Tab, farewell: str) -> None:
        """End a tab; with the last the program. Where all are to be left, the next asks in its turn."""
        if farewell:
            self.farewell = farewell
        following = self.tabs.beside(tab)
        if following is None:
            self.exit()
            return
        self.tabs.open.remove(tab)
        self.switch_mode(following.mode)
        self.remove_mode(tab.mode)
        if tab.leaving is Leaving.ALL and (screen := following.notebook) is not None:
            screen.perform("app.quit")

    def open_other(self) -> None:
        """Let a notebook be chosen, over whatever is in front, and open it."""
        self._ask_what_to_open("")

    def open_path(self, path: Path) -> None:
        """Open a notebook in a tab of its own."""
        from tui.screens.launcherrows import OpenPath

        self._opening_chosen(OpenPath(path))

    def _ask_what_to_open(self, complaint: str) -> None:
        from tui.screens.launcher import LauncherScreen

        folder = self._folder
        if (notebook := self._front_notebook()) is not None and notebook.file.path.parent.is_dir():
            folder = notebook.file.path.parent.absolute()
        self.push_screen(LauncherScreen(folder, self.palette, complaint), self._opening_chosen)

    def _front_notebook(self) -> NotebookScreen | None:
        front = next((tab for tab in self.tabs.open if tab.mode == self.current_mode), None)
        return None if front is None else front.notebook

    def _opening_chosen(self, opening: Opening | None) -> None:
        if opening is not None:
            self.run_worker(partial(self._open, opening), group="opening", exclusive=True)
        elif not self.tabs.open:
            self.exit()

    async def _open(self, opening: Opening) -> None:
        """Read the notebook on a thread and show it in a tab; one that is open comes to the front."""
        from tui.files.errors import FileError
        from tui.screens.opening import opened

        known = self.tabs.with_path(opening.path)
        if known is not None:
            self.show_tab(known)
            return
        try:
            file, kernel = await asyncio.to_thread(opened, opening, self._options.kernel)
        except FileError as error:
            self._ask_what_to_open(str(error))
            return
        mode = self.tabs.new_mode()
        tab = self._new_tab(mode)
        options = replace(self._options, kernel=kernel)
        self._add_tab_mode(mode, lambda: self._notebook_screen(file, options, self._launch_others, tab))
        had_none = self._front_notebook() is None
        await self.switch_mode(mode)
        if had_none and self._file is None:
            self.remove_mode(_FIRST)

    def note_opened(self, tab: Tab) -> None:
        """A notebook is on the screen: the launcher is to know of it."""
        screen = tab.notebook
        if screen is not None and screen.file.on_disk and isinstance(screen.file.place, Here):
            self.run_worker(partial(self._remember, screen.file.path), group="recent")

    async def _remember(self, path: Path) -> None:
        from tui.files.recent import note_opened

        with suppress(OSError):  # then the launcher does not know of it
            await asyncio.to_thread(note_opened, path)

    def reopened(self, tab: Tab, path: Path) -> None:
        """Read the tab's notebook anew and edit it, over the one that is shown, which has left its kernel."""
        from tui.files.pairing import read_paired

        before = tab.notebook
        options = self._options if before is None else before.options
        launch = self._launch if tab.mode == _FIRST else self._launch_others
        screen = self._notebook_screen(read_paired(path), options, launch, tab)
        screen.kernel.insist()
        self.push_screen(screen, mode=tab.mode)


class LobbyScreen(Containing, Screen[None], inherit_bindings=False):
    """Behind the launcher, where no notebook is open."""


def run(file: NotebookFile | None, options: Options, launch: Launch, folder: Path | None = None) -> int:
    """Show the notebook, or without one the launcher, until the person leaves; the exit status."""
    sys.setswitchinterval(_SWITCH)
    app = TnbApp(file, options, launch, folder=folder)
    try:
        with written_down():
            app.run(mouse=options.config.mouse)
    except Exception:
        app.keep_unsaved()
        raise
    if app.farewell:
        print(clean(app.farewell))  # noqa: T201  what a person should know once the screen is gone
    return app.return_code or 0
