"""Textual's driver for tnb: reads the terminal with our decoder, and ends in good order when that is lost.

Starting, suspending and restoring the terminal stay Textual's.
"""

from __future__ import annotations

import contextvars
import os
import selectors
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.drivers.linux_driver import LinuxDriver

from tui.containing import TakesFaults
from tui.offers import offers
from tui.terminal.decoder import Decoder
from tui.terminal.display.abilities import abilities_here
from tui.terminal.display.display import Display
from tui.terminal.display.pacing import Pacing
from tui.terminal.graphics.answers import QUESTIONS, may_be_asked
from tui.terminal.inputs import AltOrEscape, Reply
from tui.terminal.takeover import ALTERNATE_SCREEN, ENDING_SIGNALS, Takeover, asked_to_end, taken_on
from tui.terminal.textualdisplay import put_frame, put_lines
from tui.terminal.textualevents import AltKeys, TextualEvents
from tui.terminal.ttyfile import TerminalOutlet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from rich.console import Console, RenderableType
    from textual.app import App
    from textual.message import Message
    from textual.strip import Strip

    from tui.terminal.graphics.hanging import Hanging
    from tui.terminal.inputs import DecodedInput

_POLL: Final = 0.1
"""Seconds between two looks at whether the program ends."""
_READ_SIZE: Final = 1 << 16

_SIZE_UNKNOWN: Final = (80, 24)
"""Of a terminal that does not say how large it is, as a serial line."""

_EXTEND_KEYS: Final = "\x1b[>4;1m"
"""xterm's modifyOtherKeys 1: Enter with modifiers is told apart. tmux passes it on (`extended-keys on`)."""
_ANSWER: Final = Reply("\x1b[0n")
"""To a status request (DSR)."""
_PLAIN_KEYS: Final = "\x1b[>4m"


@runtime_checkable
class ClaimsAlt(Protocol):
    """An app that has keys with alt: the others are read as Esc and a key (see `Decoder`)."""

    def claims_alt(self, key: str) -> bool:
        """Whether a key such as "alt+b" is bound now; asked as it is taken, also before there is a screen."""
        ...


@runtime_checkable
class TakesInputAtOnce(Protocol):
    """An app that keys, `AltKeys` and pasted text are given by a call, where no message waits before them."""

    def takes_at_once(self, event: Message) -> bool:
        """Take what came; False where it has to wait its turn."""
        ...


@runtime_checkable
class ShowsPictures(Protocol):
    """An app whose frames have cells that stand for pictures."""

    hanging: Hanging
    """Puts pictures into what is written."""


@runtime_checkable
class PreparesFrames(Protocol):
    """An app that has the last word on what is sent."""

    def prepared(self, frame: str) -> str:
        """The frame as it is to be sent."""
        ...


class TerminalDriver(LinuxDriver):
    """For `App(driver_class=TerminalDriver)`.

    No input ends the program. SIGTERM, SIGHUP, SIGINT and the end of the input end it by `App.exit`, with the
    status 128 + signal, so that everything is put in order as in any other exit.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType] - Textual leaves App's parameter out
            app, debug=debug, mouse=mouse, size=size
        )
        self._outlet = TerminalOutlet(self._file.fileno())
        self._file = self._outlet.file
        self._size = size or self._get_terminal_size()
        self._events = TextualEvents()
        self._pacing = Pacing(self._loop.call_later)
        self._display = Display(self._send, abilities_here(), self._pacing)
        self._taken: Takeover | None = None
        """What shows on the terminal from before, while it is being taken on."""
        self._is_held = False
        """Whether that goes on to show, as there is no whole frame to take its place."""
        self._context = contextvars.copy_context()
        """That of the app, for what it is given by a call."""
        self._is_released = False
        """There is one, which may be so before the terminal is taken over."""
        for number in ENDING_SIGNALS:
            self._loop.add_signal_handler(number, self._end, number)
        if (asked := asked_to_end()) is not None:
            self._loop.call_soon(self._end, asked)

    def start_application_mode(self) -> None:
        """Take the terminal over, as Textual does, and ask for the keys that older protocols merge."""
        self._context = contextvars.copy_context()
        taken = self._taken = taken_on()
        super().start_application_mode()
        self._taken = None
        if self._writer_thread is not None:
            self.write(_EXTEND_KEYS)
            if may_be_asked(os.environ):
                self.write(QUESTIONS + self._pacing.probe())
        self._display.invalidate()
        if taken is not None:
            self.attrs_before = taken.attributes
            self._is_held = not self._is_released
            self._display.resize(*self._size)
            self._display.has_shown(taken.shown)

    def write(self, data: str) -> None:
        """Write to the terminal; a first frame that it shows already is not wiped off."""
        if self._is_held:
            return
        if self._taken is not None:
            data = data.replace(ALTERNATE_SCREEN, "")
        app = self._app
        if offers(app, PreparesFrames):
            data = app.prepared(data)
        self._send(data)

    def _send(self, data: str) -> None:
        """Write what is aligned already, with the pictures that its cells stand for."""
        app = self._app
        text = app.hanging.hung(data) if offers(app, ShowsPictures) else data
        self._outlet.send(text, super().write)

    def show(self, update: RenderableType | None, console: Console) -> None:
        """Have an update of Textual's on the screen, sent as the difference to what is there."""
        size = self._app.size
        if self._display.size != size:
            self._display.resize(*size)
        put_frame(self._display, update, console)
        self._present()

    def show_lines(self, lines: Iterable[tuple[int, int, Strip]], console: Console) -> None:
        """Have lines on the screen, each from a row and a column on, and all else as it is."""
        put_lines(self._display, lines, console)
        self._present()

    def _present(self) -> None:
        if not self._is_held:
            self._display.present()

    def paint_anew(self) -> None:
        """Send the whole screen: the terminal may show anything by now."""
        self._display.invalidate()
        self._present()

    def release(self) -> bool:
        """Show frames from now on; whether any may have been held back, so that all is to be drawn anew."""
        self._is_released = True
        was_held, self._is_held = self._is_held, False
        return was_held

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.release()
        if self._writer_thread is not None:
            # A terminal without an alternate screen goes on below what it shows.
            self.write(f"{_PLAIN_KEYS}\x1b[m\x1b[{self._display.size[1] or 1}H")
            if isinstance(self._app, ShowsPictures):
                self.write(self._app.hanging.taken_down())
        super().stop_application_mode()

    @contextmanager
    def lent(self) -> Generator[None]:
        """Another program has the terminal meanwhile; ctrl+c is for that, and does not end this one."""
        self.suspend_application_mode()
        self._loop.remove_signal_handler(signal.SIGINT)
        # Not SIG_IGN, which that program would inherit.
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
        try:
            with self.no_automatic_restart():
                yield
        finally:
            self._loop.add_signal_handler(signal.SIGINT, self._end, signal.SIGINT)
            self.resume_application_mode()
            self._draw_anew()

    def run_input_thread(self) -> None:
        """Read keys until the driver stops or the terminal is gone."""
        decoder = Decoder()
        deadline: float | None = None
        with selectors.SelectSelector() as selector:  # epoll takes no regular file for stdin
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                now = time.monotonic()
                if selector.select(_POLL if deadline is None else min(_POLL, max(0.0, deadline - now))):
                    data = self._read()
                    if not data:
                        self._loop.call_soon_threadsafe(self._end, signal.SIGHUP)
                        return
                    try:
                        self._dispatch(decoder.feed(data))
                    except Exception as error:  # noqa: BLE001 - a bug costs these bytes, not all keys to come
                        self._tell_fault(error)
                        decoder = Decoder()
                elif deadline is not None and time.monotonic() >= deadline:
                    self._dispatch(decoder.expire())
                else:
                    continue
                patience = decoder.patience
                deadline = None if patience is None else time.monotonic() + patience

    def _tell_fault(self, error: Exception) -> None:
        app: object = self._app
        if isinstance(app, TakesFaults):
            self._loop.call_soon_threadsafe(app.take_fault, error, "reading keys")

    def _claims_alt(self, key: str) -> bool:
        app = self._app
        return offers(app, ClaimsAlt) and app.claims_alt(key)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ_SIZE)
        except OSError:  # EIO: the other end of the terminal is closed
            return b""

    def _dispatch(self, inputs: Iterable[DecodedInput]) -> None:
        for given in inputs:
            if given == _ANSWER:
                self._loop.call_soon_threadsafe(self._pacing.answered)
            elif isinstance(given, AltOrEscape):
                self._loop.call_soon_threadsafe(self._give_read, given, context=self._context)
            elif (message := self._events.message(given)) is not None:
                self._loop.call_soon_threadsafe(self._give, message, context=self._context)

    def _give_read(self, given: AltOrEscape) -> None:
        keys = AltKeys(given)
        if offers(self._app, TakesInputAtOnce):
            self._give(keys)
        else:
            for key in keys.keys(self._claims_alt):
                self._give(key)

    def _give(self, message: Message) -> None:
        """Give the app what came. Messages of the app wait for it over several turns of the loop."""
        app = self._app
        if not (offers(app, TakesInputAtOnce) and app.takes_at_once(message)):
            self.process_message(message)

    def _end(self, number: signal.Signals) -> None:
        self._app.exit(return_code=128 + number)

    def _draw_anew(self) -> None:
        """The alternate screen is empty when it is entered again, and Textual draws only what changes."""
        self._display.invalidate()
        self._app.refresh(repaint=True, layout=True)

    def _sigcont_application(self, *_: object) -> None:
        """Set the terminal up again; before SIGSTOP, which no program hears, it was not given back."""
        if self._auto_restart and not self._must_signal_resume and self._writer_thread is not None:
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()  # pyright: ignore[reportUnknownMemberType] - untyped in Textual
        self._loop.call_soon_threadsafe(self._draw_anew)

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal says: COLUMNS and LINES, where they are set, are of when they were set.

        Rich and Textual each have guesses of their own, which differ, and lay the screen out for ever then.
        """
        try:
            columns, lines = os.get_terminal_size(self._file.fileno())
        except OSError:  # the terminal is gone
            columns = lines = 0
        return columns or _SIZE_UNKNOWN[0], lines or _SIZE_UNKNOWN[1]

    def _enable_mouse_support(self) -> None:
        """Buttons, wheel and dragging; not every movement, which would cost bytes all day."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1002h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1006l\x1b[?1002l\x1b[?1000l")

    def _query_in_band_window_resize(self) -> None:
        """Not asked for: SIGWINCH tells as much, and it would bring the mouse in pixels."""
