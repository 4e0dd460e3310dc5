"""Keys on what is chosen, switched and pressed."""

from __future__ import annotations

from kernelbridge.widgets.model import Model
from tui.render.widgets.values import index_of, indices_of, options_of
from tui.widgetinput.acts import Change, Tell

_PRESSES = frozenset({"space", "enter"})


def choose(model: Model, key: str) -> Change | None:
    """The option, or the page of tabs, before or behind the chosen one; a press goes round and round."""
    trait = "index" if "_options_labels" in model.state else "selected_index"
    last = (len(options_of(model)) if trait == "index" else sum(1 for _ in model.children())) - 1
    at = index_of(model, trait)
    if last < 0:
        return None
    match key:
        case "left":
            chosen = last if at is None else max(0, at - 1)
        case "right":
            chosen = 0 if at is None else min(last, at + 1)
        case "home":
            chosen = 0
        case "end":
            chosen = last
        case _ if key in _PRESSES:
            chosen = 0 if at is None or at >= last else at + 1
        case _:
            return None
    return Change({trait: chosen})


def switch(model: Model, part: int, key: str) -> Change | None:
    """A press turns on what is off: a box, an option of several, a page of an accordion."""
    if key not in _PRESSES:
        return None
    if "_options_labels" in model.state:
        chosen = set(indices_of(model)) ^ {part}
        return Change({"index": sorted(chosen)})
    if "children" in model.state:
        return Change({"selected_index": None if index_of(model, "selected_index") == part else part})
    return Change({"value": model.state.get("value") is not True})


def click(key: str) -> Tell | None:
    """A press."""
    return Tell({"event": "click"}) if key in _PRESSES else None
