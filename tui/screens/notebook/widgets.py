"""The controls of widgets in the focused cell: going from one to the next, and what keys and clicks do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kernelbridge.widgets.model import view_in
from tui.render.widgets.block import ControlKind
from tui.render.widgets.surface import Focus
from tui.view.outputspart import Fold
from tui.widgetinput import press
from tui.widgetinput.acts import Act, Change, Refuse, Tell, Type
from tui.widgetinput.typing import beginning, left, pasted
from tui.widgets.hintline import Hint, Severity

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject
    from kernelbridge.runstatus import RunId
    from kernelbridge.widgets.model import Model, ModelId
    from tui.render.widgets.block import Control, ControlId
    from tui.screens.notebook.screen import NotebookScreen

_ENTRIES = (ControlKind.ENTRY, ControlKind.PAGE)
_STEPS = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}
_HINTS = {
    ControlKind.SLIDER: (Hint("←→", "move"),),
    ControlKind.CHOICE: (Hint("←→", "choose"),),
    ControlKind.SWITCH: (Hint("Space", "switch"),),
    ControlKind.BUTTON: (Hint("Space", "press"),),
    ControlKind.ENTRY: (Hint("type", "a value"), Hint("Enter", "sets it")),
    ControlKind.PAGE: (Hint("type", "text"),),
}
_ALWAYS = (Hint("Tab", "next"), Hint("Shift+Tab", "previous"), Hint("Esc", "leave"))


def hints_of(screen: NotebookScreen) -> tuple[Hint, ...]:
    """The keys of the control that has the focus, behind what waits for a kernel that is busy."""
    control = _focused(screen)
    waits = not screen.controller.widgets.outbox.is_empty and bool(screen.controller.runs.active())
    first = (Hint("waiting", "for the kernel, which is busy"),) if waits else ()
    return (*first, *(_HINTS[control.kind] if control is not None else ()), *_ALWAYS)


def enter(screen: NotebookScreen) -> None:
    """Have keys go to the first control of the focused cell, unfolding what is cut."""
    key, block = screen.state.focus, screen.view.block(screen.state.focus)
    if block.has_long_outputs or screen.state.fold(screen.notebook.cell(key)) is Fold.HIDDEN:
        screen.state.folds[key] = Fold.OPEN
        block = screen.view.block(key)
    controls = block.controls
    if controls:
        screen.state.selection = None
        _focus(screen, controls[0])
    elif any(view_in(output) is not None for output in screen.focused_cell.outputs):
        screen.say("the widgets of this cell have no control that is live: run it to use them")
    else:
        screen.say("no widgets in this cell")


def leave(screen: NotebookScreen) -> None:
    """Have keys go to the cell again; what was typed is kept."""
    if screen.state.control is not None:
        _leave_entry(screen)
        screen.state.control = None
        screen.view.draw_soon()


def take_key(screen: NotebookScreen, key: str, character: str | None) -> bool:
    """A key while a control has the focus; False for one that is for the program, as `ctrl+s` is."""
    control = _focused(screen)
    if control is None or key == "escape":
        leave(screen)
        if control is None:
            screen.say("the widget is not there any more")
        return True
    if (step := _STEPS.get(key)) is not None:
        _go(screen, control, step)
        return True
    model = screen.controller.widgets.models.get(control.id.model)
    entry = None if screen.state.control is None else screen.state.control.entry
    act = None if model is None else press(control, model, entry, key, character)
    if act is not None and model is not None:
        _do(screen, model, act)
        return True
    return not key.startswith(("ctrl+", "alt+", "f1"))


def take_paste(screen: NotebookScreen, text: str) -> None:
    """Pasted text, into what takes text."""
    control, focus = _focused(screen), screen.state.control
    model = None if control is None else screen.controller.widgets.models.get(control.id.model)
    if control is not None and model is not None and focus is not None and focus.entry is not None:
        _do(screen, model, pasted(model, control.kind, focus.entry, text))


def take_press(
    screen: NotebookScreen, pressed: ControlId | None, pick: tuple[ModelId, JsonObject] | None
) -> None:
    """A click: it focuses the control, and does what a press or a choice by keys does."""
    control = next((each for each in _controls(screen) if each.id == pressed), None)
    if control is not None:
        _leave_entry(screen)
        _focus(screen, control)
    if pick is not None:
        model, state = pick
        _change(screen, model, state)
    elif control is not None and control.kind in (ControlKind.SWITCH, ControlKind.BUTTON, ControlKind.CHOICE):
        take_key(screen, "enter", None)


def _controls(screen: NotebookScreen) -> list[Control]:
    return screen.view.block(screen.state.focus).controls


def _focused(screen: NotebookScreen) -> Control | None:
    """The control that has the focus, as it is drawn now."""
    focus = screen.state.control
    if focus is None:
        return None
    return next((each for each in _controls(screen) if each.id == focus.control), None)


def _go(screen: NotebookScreen, control: Control, step: int) -> None:
    _leave_entry(screen)
    controls = _controls(screen)
    at = next((index for index, each in enumerate(controls) if each.id == control.id), 0)
    _focus(screen, controls[(at + step) % len(controls)])


def _focus(screen: NotebookScreen, control: Control) -> None:
    model = screen.controller.widgets.models.get(control.id.model)
    types = control.kind in _ENTRIES and model is not None
    screen.state.control = Focus(control.id, beginning(model) if types and model is not None else None)
    screen.view.show_focus()


def _leave_entry(screen: NotebookScreen) -> None:
    """What was typed and not entered counts, as where a field loses the focus in a browser."""
    focus = screen.state.control
    model = None if focus is None else screen.controller.widgets.models.get(focus.control.model)
    if focus is not None and focus.entry is not None and model is not None:
        act = left(model, focus.entry)
        if act is not None:
            _do(screen, model, act)


def _do(screen: NotebookScreen, model: Model, act: Act) -> None:
    focus = screen.state.control
    match act:
        case Change(state):
            _change(screen, model.id, state)
            after = screen.controller.widgets.models.get(model.id)
            if focus is not None and focus.entry is not None and after is not None:
                screen.state.control = replace(focus, entry=beginning(after))
        case Tell(content):
            screen.controller.widgets.outbox.tell(model.id, content, _run(screen))
        case Type(entry, change):
            if focus is not None:
                screen.state.control = replace(focus, entry=entry)
            if change is not None:
                _change(screen, model.id, change.state)
        case Refuse(reason):
            screen.say(reason, Severity.WARNING)
        case _:
            assert_never(act)
    screen.view.draw_soon()


def _change(screen: NotebookScreen, model: ModelId, state: JsonObject) -> None:
    screen.controller.widgets.change(model, state, _run(screen))
    screen.view.draw_soon()


def _run(screen: NotebookScreen) -> RunId | None:
    """The run whose output the widget is in, which gets what its callbacks print."""
    run = screen.controller.runs.newest(screen.state.focus)
    return None if run is None else run.id
