"""Keeps screens at the size that the terminal has now, where Textual would lay an earlier one out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.events import Resize
    from textual.screen import Screen


def heed_newest_size(screen: Screen[Any], event: Resize) -> None:
    """To be called first when a screen is resized: drops a size that is no longer the terminal's.

    A screen posts each size that it is laid out for to itself once more (Textual 8.2). With two of them under
    way, as when a window is dragged, each would undo the other's layout for ever.
    """
    if event.size != screen.app.size:  # pyright: ignore[reportUnknownMemberType] - App's parameter is left out
        event.prevent_default()
