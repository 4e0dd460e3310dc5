"""What holds for every command on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import texts
from tui.document.selection import TextSelection
from tui.render.languages import PYTHON, language_named
from tui.view.editor import selecting
from tui.view.editor.commands import COMMANDS
from tui.view.editor.inserting import insert_text, paste
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorContext, EditorResult, EditorState

LANGUAGES = [PYTHON, *map(language_named, ("go", "julia", "javascript", "markdown", "text"))]

MOTIONS = [
    *("left", "right", "up", "down", "word-left", "word-right", "line-start", "line-end"),
    *("page-up", "page-down", "text-start", "text-end"),
]
EDITS = [
    *("delete-left", "delete-right", "delete-word-left", "delete-word-right", "delete-to-line-start"),
    *("delete-to-line-end", "delete-line", "newline", "indent", "dedent", "toggle-comment"),
    *("move-line-up", "move-line-down", "duplicate-line", "join-lines"),
]


@st.composite
def situations(draw: st.DrawFn) -> tuple[EditorState, EditorContext]:
    """A text with any grapheme borders selected, shown at any width, in any language."""
    text = draw(texts(20))
    layout = TextLayout.of(text, draw(st.sampled_from((0, 4, 7, 40))))
    anchor, head = (layout.border_at(draw(st.integers(0, len(text)))) for _ in range(2))
    if draw(st.booleans()):
        anchor = head
    goal = draw(st.none() | st.integers(0, 50))
    language = draw(st.sampled_from(LANGUAGES))
    where = EditorContext(layout, draw(st.integers(1, 5)), language)
    return EditorState(text, TextSelection(anchor, head, goal)), where


def assert_holds(before: EditorState, result: EditorResult) -> None:
    changed = result.applied(before.text)
    if result.change is not None:
        assert result.change.inverse().apply(changed.text) == before.text
        assert result.boundary is None
    layout = TextLayout.of(changed.text, 0)
    for end in (changed.selection.anchor, changed.selection.head):
        assert 0 <= end <= len(changed.text)
        assert layout.border_at(end) == end


def test_the_table_has_every_command_and_no_other() -> None:
    names = [*MOTIONS, *(f"select-{motion}" for motion in MOTIONS), "select-all", "select-line", *EDITS]
    assert set(COMMANDS) == {f"editor.{name}" for name in names}


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=30)
@given(situation=situations())
def test_a_command_can_be_taken_back_and_leaves_the_selection_on_graphemes(
    command: str, situation: tuple[EditorState, EditorContext]
) -> None:
    assert_holds(situation[0], COMMANDS[command](*situation))


@given(situations(), texts(4) | st.sampled_from(sorted({*":( )}]", "\u0301", "\u200d"})))
def test_so_does_typing_and_pasting(situation: tuple[EditorState, EditorContext], text: str) -> None:
    assert_holds(situation[0], insert_text(*situation, text))
    assert_holds(situation[0], paste(*situation, text))


@given(situations(), st.integers(0, 40), st.integers(0, 40))
def test_so_does_the_pointer(
    situation: tuple[EditorState, EditorContext], pressed: int, reached: int
) -> None:
    for point in (selecting.click, selecting.drag, selecting.double_click, selecting.triple_click):
        assert_holds(situation[0], point(*situation, reached))
    for drag in (selecting.drag_words, selecting.drag_lines):
        assert_holds(situation[0], drag(*situation, pressed, reached))


@pytest.mark.parametrize("motion", MOTIONS)
@settings(max_examples=30)
@given(situation=situations())
def test_motions_change_no_text_and_a_boundary_means_that_nothing_moved(
    motion: str, situation: tuple[EditorState, EditorContext]
) -> None:
    before = situation[0].selection
    for command in (f"editor.{motion}", f"editor.select-{motion}"):
        result = COMMANDS[command](*situation)
        assert result.change is None
        if result.boundary is not None:
            assert (result.selection.anchor, result.selection.head) == (before.anchor, before.head)


@given(situations())
def test_moving_lines_up_and_down_again_gives_the_text_back(
    situation: tuple[EditorState, EditorContext],
) -> None:
    before, where = situation
    up = COMMANDS["editor.move-line-up"](before, where)
    moved = up.applied(before.text)
    where = EditorContext(TextLayout.of(moved.text, 0), where.page_rows, where.language)
    back = COMMANDS["editor.move-line-down"](moved, where).applied(moved.text)
    assert up.change is None or back.text == before.text
