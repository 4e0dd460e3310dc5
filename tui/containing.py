"""Screens and widgets that outlive their bugs: what fails in one message costs that one, not the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from textual import events
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.message import Message


@runtime_checkable
class TakesFaults(Protocol):
    """An app that goes on after a bug."""

    def take_fault(self, error: Exception, doing: str) -> None:
        """Tell the person, and write a report."""
        ...


class Containing(MessagePump):
    """To be the first base of a screen or widget.

    Textual ends the program at an exception in a handler. Only what cannot be put together at all ends it
    here, too.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            app = cast("object", self.app)  # pyright: ignore[reportUnknownMemberType] - Textual leaves App's parameter out
            if isinstance(message, events.Compose | events.Mount) or not isinstance(app, TakesFaults):
                raise
            app.take_fault(error, f"{type(self).__name__} took {type(message).__name__}")
