"""What keys mean at the prompt: the editor's commands, as shells and the notebook have them, and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Wish(Enum):
    """What a key asks for that the prompt cannot do alone."""

    SUBMIT = "submit"
    """Run it if it is complete."""
    RUN = "run"
    """Run it as it is."""
    COMPLETE = "complete"
    SEARCH = "search"
    CANCEL = "cancel"
    """Interrupt what runs, or clear the prompt."""
    LEAVE = "leave"
    CLEAR_SCREEN = "clear-screen"
    SUSPEND = "suspend"


WISHES: Final[Mapping[str, Wish]] = {
    "ctrl+j": Wish.RUN,
    "ctrl+enter": Wish.RUN,
    "shift+enter": Wish.RUN,
    "ctrl+r": Wish.SEARCH,
    "ctrl+c": Wish.CANCEL,
    "ctrl+l": Wish.CLEAR_SCREEN,
    "ctrl+z": Wish.SUSPEND,
}

_MOTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "left": ("left", "ctrl+b"),
    "right": ("right", "ctrl+f"),
    "word-left": ("ctrl+left", "alt+left", "alt+b"),
    "word-right": ("ctrl+right", "alt+right", "alt+f"),
    "line-start": ("home", "ctrl+a"),
    "line-end": ("end", "ctrl+e"),
    "text-start": ("ctrl+home", "alt+less_than_sign", "pageup"),
    "text-end": ("ctrl+end", "alt+greater_than_sign", "pagedown"),
    "up": ("up", "ctrl+p"),
    "down": ("down", "ctrl+n"),
}
_SELECTING: Final[Mapping[str, tuple[str, ...]]] = {
    "left": ("shift+left",),
    "right": ("shift+right",),
    "up": ("shift+up",),
    "down": ("shift+down",),
    "word-left": ("ctrl+shift+left",),
    "word-right": ("ctrl+shift+right",),
    "line-start": ("shift+home",),
    "line-end": ("shift+end",),
}
_EDITS: Final[Mapping[str, tuple[str, ...]]] = {
    "newline": ("alt+enter",),
    "delete-left": ("backspace", "shift+backspace"),
    "delete-right": ("delete",),
    "delete-word-left": ("ctrl+w", "alt+backspace", "ctrl+backspace"),
    "delete-word-right": ("alt+d", "ctrl+delete"),
    "delete-to-line-start": ("ctrl+u",),
    "delete-to-line-end": ("ctrl+k",),
    "toggle-comment": ("alt+semicolon", "ctrl+slash"),
    "move-line-up": ("alt+up",),
    "move-line-down": ("alt+down",),
}

COMMAND_IDS: Final[Mapping[str, str]] = {
    **{key: f"editor.{name}" for name, keys in _MOTIONS.items() for key in keys},
    **{key: f"editor.select-{name}" for name, keys in _SELECTING.items() for key in keys},
    **{key: f"editor.{name}" for name, keys in _EDITS.items() for key in keys},
}
"""The editor's command for a key."""

KILLS: Final = frozenset(
    f"editor.{name}" for name in _EDITS if name.startswith("delete-") and "-to-" in name
) | {
    "editor.delete-word-left",
    "editor.delete-word-right",
}
"""Commands whose deleted text `ctrl+y` puts back."""

UNDO: Final = "ctrl+underscore"
YANK: Final = "ctrl+y"

_ALTS: Final = frozenset(key for key in (*COMMAND_IDS, *WISHES) if key.startswith("alt+"))


def claims_alt(key: str) -> bool:
    """Whether a key with alt means anything; the others are escape and then the key."""
    return key in _ALTS
