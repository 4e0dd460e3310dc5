"""Events that wait to take effect, given out in portions, so that a flood of text does not hold up a key."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from kernelbridge.events import CommMessaged, CommOpened, Event, StreamArrived

PORTION = 1 << 16
"""Code points of stream text that are given out at once."""
_COMM = 64
"""As what length of text a change of a widget counts."""
_SHARE = 16
"""Of a backlog that is larger, this part: so what waits never grows without bound."""


class Backlog:
    """Events in the order in which they came; long stream text is cut in pieces."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self._length = 0
        self._given = 0
        """How much of the first event's text was given out."""

    def __bool__(self) -> bool:
        return bool(self._events)

    def add(self, event: Event) -> None:
        """Put an event behind the others."""
        self._events.append(event)
        self._length += _length(event)

    def portion(self) -> Iterator[Event]:
        """Take out what may take effect at once: all, unless it is much text."""
        room = max(PORTION, self._length // _SHARE)
        while self._events and room > 0:
            event = self._events[0]
            given, left = self._given, _length(event) - self._given
            taken = min(left, room) if isinstance(event, StreamArrived) else left
            if taken == left:
                self._events.popleft()
                self._given = 0
            else:
                self._given += taken
            room -= taken
            self._length -= taken
            if isinstance(event, StreamArrived) and (given or taken < left):
                event = replace(event, text=event.text[given : given + taken])
            yield event


def _length(event: Event) -> int:
    match event:
        case StreamArrived(text=text):
            return len(text)
        case CommOpened() | CommMessaged():
            return _COMM
        case _:
            return 0
