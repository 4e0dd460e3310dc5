"""What a key does with a control of a widget, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kernelbridge.outputs import JsonObject
from tui.render.widgets.surface import Entry


@dataclass(frozen=True, slots=True)
class Change:
    """The widget gets other values of some traits."""

    state: JsonObject


@dataclass(frozen=True, slots=True)
class Tell:
    """The kernel is told of something that changes no trait, as a click."""

    content: JsonObject


@dataclass(frozen=True, slots=True)
class Type:
    """The text that is being typed is another, or the cursor in it; `change` goes to the kernel at once."""

    entry: Entry
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """What was typed is nothing that the widget takes."""

    reason: str


Act: TypeAlias = Change | Tell | Type | Refuse
