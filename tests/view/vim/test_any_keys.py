"""What holds for any keys in any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import texts
from tui.render.languages import language_named
from tui.view.editor.vim.commands import COMMANDS
from tui.view.editor.vim.effects import Tell
from tui.view.editor.vim.motions import MOTIONS
from tui.view.editor.vim.state import Mode
from view.vim.sequences import SEQUENCES
from view.vim.typist import Typist, keys_of

KEYS = st.sampled_from(
    sorted(
        {
            *(key for group in SEQUENCES.values() for keys in group for key in keys_of(keys)),
            *(key for name in (*MOTIONS, *COMMANDS) for key in ([name] if "+" in name else [*name][:1])),
            *'dcy<>=gzai"pq@w1',
            *("escape", "enter", "space", "ctrl+v"),
        }
    )
)
WHOLE = st.sampled_from([keys for group in SEQUENCES.values() for keys in group]).map(keys_of)
PRESSED = st.lists(st.one_of(KEYS.map(lambda key: [key]), WHOLE), max_size=12)


@settings(max_examples=400)
@given(texts(12), st.integers(0, 30), PRESSED, st.sampled_from((0, 7)))
def test_the_cursor_stays_on_a_character_and_undoing_all_gives_the_first_text(
    text: str, cursor: int, pressed: list[list[str]], width: int
) -> None:
    typist = Typist(text, width=width)
    typist.cursor = typist.scene().buffer.on_character(min(cursor, len(text)))
    for keys in pressed:
        for key in keys:
            typist.press(key)
            scene = typist.scene()
            assert 0 <= typist.cursor <= len(typist.text)
            assert scene.buffer.layout.border_at(typist.cursor) == typist.cursor
            if typist.mode is Mode.NORMAL:
                assert scene.buffer.on_character(typist.cursor) == typist.cursor
    for _ in range(3):
        typist.press("escape")
    assert typist.mode is Mode.NORMAL
    while typist.document.undo() is not None:
        pass
    assert typist.document.notebook.cell(typist.key).source == text


def test_the_first_sentence_begins_with_the_text_though_it_is_indented() -> None:
    typist = Typist("    foo. bar")
    typist.cursor = 4
    typist.press("(")
    assert typist.cursor == 0
    typist.press(")")
    assert typist.cursor == 9


def test_an_insert_session_is_one_step_to_undo() -> None:
    typist = Typist("one\ntwo")
    typist.type("cwfirst<cr>second<bs><bs>!<esc>ggx")
    assert typist.type("u").text == "first\nseco!\ntwo"
    assert typist.type("u").text == "one\ntwo"


def test_a_macro_ends_where_a_key_finds_nothing() -> None:
    assert Typist("a,b,c,d").type("qaf,x0q9@a").text == "abcd"
    assert Typist("a\nb\nc").type("qaA!<esc>jq9@a").text == "a!\nb!\nc!"


def test_the_clipboard_is_a_register() -> None:
    typist = Typist("one two", clipboard="pasted ")
    assert typist.type('"+P').text == "pasted one two"
    assert typist.type('0"+yw').clipboard == "pasted "


def test_comments_are_put_on_lines_and_taken_off_again() -> None:
    typist = Typist("a = 1\n\nb = 2", language=language_named("python"))
    assert typist.type("gcG").text == "# a = 1\n\n# b = 2"
    assert typist.type("Vjjgc").text == "a = 1\n\nb = 2"
    assert typist.type("Ggcc").text == "a = 1\n\n# b = 2"


def test_a_block_goes_to_the_clipboard_and_comes_back_as_one() -> None:
    typist = Typist("ab\ncd")
    assert typist.type('<c-v>j"+yA <esc>"+p').text == "ab a\ncd c"
    assert typist.clipboard == "a\nc"


@pytest.mark.parametrize(
    "keys", [":nosuch<cr>", ":99d<cr>", ":2,1d<cr>", "/nowhere<cr>", ":s/\\(/x/<cr>", ":g/a/s/a/b/c<cr>"]
)
def test_what_cannot_be_done_is_told_in_one_line(keys: str) -> None:
    typist = Typist("a\nb").type(keys)
    assert typist.text == "a\nb"
    told = [effect.text for effect in typist.effects if isinstance(effect, Tell)]
    assert len(told) == 1
    assert "\n" not in told[0]
    assert told[0]


def test_rows_in_sight_are_the_screens() -> None:
    typist = Typist("a\nb\nc\nd\ne", 0)
    assert typist.type("L").cursor == 8
    assert typist.type("M").cursor == 4
    assert typist.type("H").cursor == 0
    assert typist.type("2L").cursor == 6
