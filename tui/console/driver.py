"""A console on a terminal: reads it, paints it, and answers the signals that concern it."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any, Final

from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.transports.base import Way
from tui.console.leaving import Ending
from tui.console.livearea import LiveArea
from tui.console.promptkeys import claims_alt
from tui.console.repl import Outside, Repl
from tui.console.tty import Tty
from tui.owntheme import DARK, LIGHT, read_own_theme, theme_name
from tui.terminal.background import QUESTION, is_light, is_worth_asking
from tui.terminal.decoder import Decoder
from tui.terminal.inputs import AltOrEscape, DecodedInput, Reply
from tui.view.ink import Ink
from tui.view.rowpainter import color_depth

_FRAME: Final = 1 / 60
"""Seconds in which what the kernel tells is gathered."""
_CLEAR_SCREEN: Final = "\x1b[H\x1b[2J"


class Driver:
    """Runs one console to its end."""

    def __init__(
        self, tty: Tty, theme: str, way: Way, kernel: JsonObject | None, *, ends_kernel: bool
    ) -> None:
        """`theme` is as in the configuration; of others than tnb's own the nearest of these is taken."""
        self._tty = tty
        self._theme = theme
        name = theme_name(theme)
        self._area = LiveArea(_ink(name if name in (DARK, LIGHT) else theme_name("auto")))
        self._loop = asyncio.get_running_loop()
        self._decoder = Decoder()
        self._waiting: asyncio.TimerHandle | None = None
        self._painting: asyncio.TimerHandle | None = None
        self._over = asyncio.Event()
        self._fault: BaseException | None = None
        """What nobody expected: it ends the console, and is raised once the terminal is as it was."""
        self._repl = Repl(way, kernel, self._paint_soon, ends_kernel=ends_kernel)
        # Of the terminals in use only xterm itself leaves rows as they are when it is made narrower.
        self._reflows = "XTERM_VERSION" not in os.environ

    async def run(self) -> int:
        """Returns the exit status, with the terminal as it was before."""
        self._tty.take()
        try:
            self._listen()
            self._repl.open()
            self._paint()
            if is_worth_asking(self._theme):
                self._tty.write(QUESTION)
            await self._over.wait()
            if self._fault is not None:
                raise self._fault
            ending = self._repl.leaving.ending or Ending(0)
            self._tty.write(self._area.update(self._repl.last_frame(self._tty.size()[0])))
            self._tty.give_back()
            await self._repl.close()
            return ending.status
        finally:
            self._stop_listening()
            self._tty.give_back()

    def _listen(self) -> None:
        add = self._loop.add_signal_handler
        add(signal.SIGWINCH, self._resized)
        add(signal.SIGINT, self._interrupted)
        add(signal.SIGTSTP, self._suspend)
        add(signal.SIGCONT, self._go_on)
        for number in (signal.SIGTERM, signal.SIGHUP):
            add(number, self._end, number)
        self._loop.add_reader(self._tty.source, self._readable)
        self._loop.set_exception_handler(self._failed)

    def _stop_listening(self) -> None:
        self._loop.remove_reader(self._tty.source)
        for timer in (self._waiting, self._painting):
            if timer is not None:
                timer.cancel()

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        fault = context.get("exception")
        if isinstance(fault, BaseException):
            self._fault = self._fault or fault
            self._over.set()

    # -- in ----

    def _readable(self) -> None:
        data = self._tty.read()
        if not data:
            self._end(signal.SIGHUP)
            return
        if self._waiting is not None:
            self._waiting.cancel()
        for given in self._decoder.feed(data):
            self._take(given)
        self._wait_for_rest()
        self._typed()

    def _take(self, given: DecodedInput) -> None:
        match given:
            case AltOrEscape():
                for key in given.read(claims_alt):
                    self._take(key)
            case Reply(sequence):
                self._replied(sequence)
            case _:
                self._repl.type(given)

    def _wait_for_rest(self) -> None:
        patience = self._decoder.patience
        self._waiting = None if patience is None else self._loop.call_later(patience, self._expired)

    def _expired(self) -> None:
        for given in self._decoder.expire():
            self._take(given)
        self._wait_for_rest()
        self._typed()

    def _typed(self) -> None:
        wanted, self._repl.outside = self._repl.outside, []
        for one in wanted:
            if one is Outside.SUSPEND:
                self._suspend()
            else:
                self._paint()  # what is done stays in the scrollback where the terminal keeps it there
                self._area.forget()
                self._tty.write(_CLEAR_SCREEN)
        self._paint()

    def _replied(self, reply: str) -> None:
        light = is_light(reply)
        if light is not None:
            self._area.paint_with(_ink(LIGHT if light else DARK))

    def _interrupted(self) -> None:
        self._repl.cancel()
        self._paint()

    def _end(self, number: signal.Signals) -> None:
        self._repl.leaving.ending = Ending(128 + number)
        self._over.set()

    # -- out ----

    def _paint_soon(self) -> None:
        if self._painting is None:
            self._painting = self._loop.call_later(_FRAME, self._paint)

    def _paint(self) -> None:
        if self._painting is not None:
            self._painting.cancel()
            self._painting = None
        if self._over.is_set():
            return
        if self._repl.leaving.ending is not None:
            self._over.set()
            return
        self._tty.write(self._area.update(self._repl.frame(*self._tty.size())))

    def _resized(self) -> None:
        width, height = self._tty.size()
        self._tty.write(self._area.wiped(width, height, reflows=self._reflows))
        self._paint()

    def _suspend(self) -> None:
        """Stops as any program does on ctrl+z, and goes on below what was written meanwhile."""
        width, height = self._tty.size()
        self._tty.write(self._area.wiped(width, height, reflows=False))
        self._tty.give_back()
        self._loop.remove_signal_handler(signal.SIGTSTP)
        self._loop.remove_signal_handler(signal.SIGCONT)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        self._loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._go_on)
        self._go_on()

    def _go_on(self) -> None:
        """After a stop, which may have come without a word (SIGSTOP): a shell had the terminal meanwhile."""
        self._tty.give_back()
        self._tty.take()
        self._tty.write("\r")
        self._area.forget()
        self._paint()


def _ink(theme: str) -> Ink:
    return Ink(read_own_theme(theme), color_depth())
