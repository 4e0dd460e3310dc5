"""Joins what a kernel prints in many small messages into one event for each turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kernelbridge.events import Event, StreamArrived


class StreamJoiner:
    """Holds back stream text until another event or `flush`; the order of events stays as it was."""

    def __init__(self, deliver: Callable[[Event], None], ask_flush: Callable[[], None]) -> None:
        """`ask_flush` is called when text is held back: it must see to a `flush` before long."""
        self._deliver = deliver
        self._ask_flush = ask_flush
        self._first: StreamArrived | None = None
        self._texts: list[str] = []

    def take(self, event: Event) -> None:
        """Delivers an event, or holds it back where it is stream text."""
        first = self._first
        if isinstance(event, StreamArrived):
            if first is not None and (first.run, first.name) == (event.run, event.name):
                self._texts.append(event.text)
                return
            self.flush()
            self._first, self._texts = event, [event.text]
            self._ask_flush()
            return
        self.flush()
        self._deliver(event)

    def flush(self) -> None:
        """Delivers what is held back."""
        first, self._first = self._first, None
        if first is not None:
            self._deliver(replace(first, text="".join(self._texts)))
            self._texts = []
