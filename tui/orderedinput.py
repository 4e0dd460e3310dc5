"""An app that takes keys by a call where it can, by a message where it must, and always in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events
from textual.app import App

from tui.containing import Containing
from tui.offers import offers
from tui.terminal.textualevents import AltKeys

if TYPE_CHECKING:
    from textual.message import Message

_IN_ORDER = (events.Key, AltKeys, events.Paste, events.MouseDown, events.MouseUp)
"""Input of which none may overtake another."""


@runtime_checkable
class TakesInput(Protocol):
    """A screen of ours: keys and pasted text are for itself, not for widgets in it."""

    def on_key(self, event: events.Key) -> None:
        """Take a key."""

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text."""


class OrderedInput(Containing, App[None], inherit_bindings=False):
    """Hands input to the screen that is up: keys typed ahead go to the one that is up by then."""

    _on_their_way = 0
    """How much comes as messages: Textual holds some of them beside its queue."""

    def take_fault(self, error: Exception, doing: str) -> None:
        """Go on after a bug."""
        raise NotImplementedError

    def claims_alt(self, key: str) -> bool:
        """Whether a key with alt means something now."""
        raise NotImplementedError

    def note_input(self) -> None:
        """A person is there: a key, pasted text or a button of the mouse came."""
        raise NotImplementedError

    async def on_event(self, event: events.Event) -> None:
        """Take input that comes as a message."""
        if isinstance(event, _IN_ORDER):
            self._on_their_way = max(0, self._on_their_way - 1)
            self.note_input()
        if isinstance(event, AltKeys):
            for key in event.keys(self.claims_alt):
                await self._take(key)
        else:
            await self._take(event)

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and offers(self.screen, TakesInput):
            self.pass_on(event)
        else:
            await super().on_event(event)

    def takes_at_once(self, event: Message) -> bool:
        """Take a key or pasted text where no message waits before it; asked by the driver.

        What is not taken comes as a message, and whatever follows that must not overtake it.
        """
        if (
            not isinstance(event, events.Key | AltKeys | events.Paste)
            or self._on_their_way
            or not self.is_running
            or self.message_queue_size
            or not self.screen_stack
            or not offers(self.screen, TakesInput)
        ):
            self._on_their_way += isinstance(event, _IN_ORDER)
            return False
        self.note_input()
        for each in event.keys(self.claims_alt) if isinstance(event, AltKeys) else (event,):
            self.pass_on(each)
        return True

    def pass_on(self, event: events.Key | events.Paste) -> None:
        """Give input to the screen that is up."""
        screen = self.screen
        if not offers(screen, TakesInput):
            return
        try:
            if isinstance(event, events.Key):
                screen.on_key(event)
            else:
                screen.on_paste(event)
        except Exception as error:  # noqa: BLE001 - a bug costs this key
            self.take_fault(error, f"{type(screen).__name__} took {type(event).__name__}")
