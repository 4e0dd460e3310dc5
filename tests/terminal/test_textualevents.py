"""What Textual is told of keys, pastes, the mouse, focus and replies."""

from __future__ import annotations

import pytest
from textual import events, messages

from tui.terminal.inputs import FocusReport, KeyPress, MouseReport, Pasted, Reply
from tui.terminal.textualevents import TerminalReplied, TextualEvents


def mouse(*reports: MouseReport) -> list[events.MouseEvent]:
    told = TextualEvents()
    return [event for report in reports if isinstance(event := told.message(report), events.MouseEvent)]


def test_a_key_keeps_name_and_character():
    event = TextualEvents().message(KeyPress("question_mark", "?"))
    assert isinstance(event, events.Key)
    assert (event.key, event.character, event.is_printable) == ("question_mark", "?", True)


def test_a_paste_keeps_its_text():
    event = TextualEvents().message(Pasted("a\nb"))
    assert isinstance(event, events.Paste)
    assert event.text == "a\nb"


@pytest.mark.parametrize(
    ("buttons", "pressed", "kind", "button"),
    [
        (0, True, events.MouseDown, 1),
        (1, True, events.MouseDown, 2),
        (2, True, events.MouseDown, 3),
        (0, False, events.MouseUp, 1),
        (32, True, events.MouseMove, 1),
        (35, True, events.MouseMove, 0),
        (64, True, events.MouseScrollUp, 0),
        (65, True, events.MouseScrollDown, 0),
        (66, True, events.MouseScrollLeft, 0),
        (67, True, events.MouseScrollRight, 0),
    ],
)
def test_buttons_and_wheel_are_told_apart(
    buttons: int, pressed: bool, kind: type[events.MouseEvent], button: int
):
    (event,) = mouse(MouseReport(buttons, 3, 4, pressed))
    assert type(event) is kind
    assert (event.x, event.y, event.button) == (3, 4, button)


def test_modifiers_are_told():
    (event,) = mouse(MouseReport(4 + 16, 0, 0, pressed=True))
    assert (event.shift, event.meta, event.ctrl) == (True, False, True)


def test_a_movement_is_told_from_where_the_mouse_was():
    _, dragged = mouse(MouseReport(0, 3, 4, pressed=True), MouseReport(32, 5, 1, pressed=True))
    assert (dragged.delta_x, dragged.delta_y) == (2, -3)


def test_buttons_that_textual_does_not_know_are_nothing():
    assert mouse(MouseReport(128, 0, 0, pressed=True)) == []


def test_focus_is_told():
    assert isinstance(TextualEvents().message(FocusReport(gained=True)), events.AppFocus)
    assert isinstance(TextualEvents().message(FocusReport(gained=False)), events.AppBlur)


@pytest.mark.parametrize(("state", "known"), [(0, False), (1, True), (2, True), (3, True), (4, False)])
def test_synchronized_output_is_used_where_the_terminal_knows_it(state: int, known: bool):
    message = TextualEvents().message(Reply(f"\x1b[?2026;{state}$y"))
    assert isinstance(message, messages.TerminalSupportsSynchronizedOutput) is known


@pytest.mark.parametrize("sequence", ["\x1b[?62;22c", "\x1b]11;rgb:0/0/0\x07", "\x1b[12;40R"])
def test_other_replies_are_passed_on_as_they_are(sequence: str):
    message = TextualEvents().message(Reply(sequence))
    assert isinstance(message, TerminalReplied)
    assert message.sequence == sequence
