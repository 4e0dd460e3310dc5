"""Keys on what text and numbers are typed into."""

from __future__ import annotations

from dataclasses import replace

from kernelbridge.widgets.model import Model
from tui.render.widgets.block import ControlKind
from tui.render.widgets.entry import entry_text
from tui.render.widgets.surface import Entry
from tui.render.widgets.values import number_of
from tui.widgetinput.acts import Act, Change, Refuse, Tell, Type

_LONGEST = 20_000
"""Code points that are typed into a widget."""
_WHOLE = frozenset({"IntTextModel", "BoundedIntTextModel"})
_NUMBERS = _WHOLE | {"FloatTextModel", "BoundedFloatTextModel"}


def beginning(model: Model) -> Entry:
    """What is typed on from: the value, with the cursor behind it."""
    text = entry_text(model)
    return Entry(text, len(text))


def typed(model: Model, kind: ControlKind, entry: Entry, key: str, character: str | None) -> Act | None:
    """What a key does with a text; None where it means nothing there."""
    if key == "enter":
        return _inserted(model, entry, "\n") if kind is ControlKind.PAGE else _entered(model, entry)
    if character is not None and character.isprintable():
        return _inserted(model, entry, character)
    text, at = entry.text, entry.cursor
    match key:
        case "left":
            return Type(replace(entry, cursor=max(0, at - 1)))
        case "right":
            return Type(replace(entry, cursor=min(len(text), at + 1)))
        case "home" | "ctrl+a":
            return Type(replace(entry, cursor=text.rfind("\n", 0, at) + 1))
        case "end" | "ctrl+e":
            end = text.find("\n", at)
            return Type(replace(entry, cursor=len(text) if end < 0 else end))
        case "backspace" | "ctrl+h" if at > 0:
            return _changed(model, Entry(text[: at - 1] + text[at:], at - 1))
        case "delete" if at < len(text):
            return _changed(model, Entry(text[:at] + text[at + 1 :], at))
        case "ctrl+u":
            return _changed(model, Entry(text[at:], 0))
        case "ctrl+k":
            return _changed(model, Entry(text[:at], at))
        case "backspace" | "delete" | "ctrl+h":
            return Type(entry)
        case _:
            return None


def pasted(model: Model, kind: ControlKind, entry: Entry, text: str) -> Act:
    """What pasted text does: one line of it where there is room for one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _inserted(model, entry, lines if kind is ControlKind.PAGE else lines.split("\n")[0])


def left(model: Model, entry: Entry) -> Act | None:
    """What leaving it does: the widget gets what was typed, where it has not."""
    return None if entry.text == entry_text(model) else _settled(model, entry)


def _inserted(model: Model, entry: Entry, text: str) -> Act:
    text = text[: max(0, _LONGEST - len(entry.text))]
    before, after = entry.text[: entry.cursor], entry.text[entry.cursor :]
    return _changed(model, Entry(before + text + after, entry.cursor + len(text)))


def _changed(model: Model, entry: Entry) -> Type:
    """Text that is to be told while it is typed is; a number only once it is whole."""
    continuous = model.state.get("continuous_update") is True and model.name not in _NUMBERS
    return Type(entry, Change({"value": entry.text}) if continuous else None)


def _entered(model: Model, entry: Entry) -> Act | None:
    """Enter: numbers are set, text is, and its callback is called."""
    if model.name in _NUMBERS or entry.text != entry_text(model):
        return _settled(model, entry)
    return Tell({"event": "submit"})


def _settled(model: Model, entry: Entry) -> Act:
    if model.name not in _NUMBERS:
        return Change({"value": entry.text})
    try:
        value = int(entry.text) if model.name in _WHOLE else float(entry.text)
    except ValueError:
        value = None
    found = number_of(value)
    if found is None:
        return Refuse("that is not a whole number" if model.name in _WHOLE else "that is not a number")
    low, high = number_of(model.state.get("min")), number_of(model.state.get("max"))
    found = found if low is None else max(low, found)
    return Change({"value": found if high is None else min(high, found)})
