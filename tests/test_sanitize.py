import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.sanitize import ESCAPE, clean, clean_lines, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too
PRINTED_FORMATTING = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd")
JOINERS = {"\u200c", "\u200d"}
TAGS = {chr(code) for code in range(0xE0020, 0xE0080)}


def forbidden(text: str) -> list[str]:
    return [
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and character not in PRINTED_FORMATTING | JOINERS | TAGS
    ]


@given(ANY_TEXT)
def test_visible_text_has_no_control_and_the_length_it_had(text: str) -> None:
    shown = visible(text)

    assert len(shown) == len(text)
    assert [character for character in forbidden(shown) if character != "\t"] == []
    shown.encode()  # no surrogate is left


@given(ANY_TEXT)
def test_visible_changes_nothing_twice(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY_TEXT)
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    line = clean(text)

    assert forbidden(line) == []
    assert len(line.splitlines()) <= 1


@given(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")))
def test_what_a_terminal_prints_is_kept(character: str) -> None:
    if character not in "\u3164\uffa0":
        assert visible(character) == character


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00\x07\x1b\nb", "a\u2400\u2407\u241b\u240ab"),
        ("del \x7f", "del \u2421"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("a tab\tstays", "a tab\tstays"),
        ("gpj.\u202eexe", "gpj.\ufffdexe"),
        ("soft\xadhyphen, zero\u200bwidth", "soft\ufffdhyphen, zero\ufffdwidth"),
        ("lone \ud83d", "lone \ufffd"),
        ("noncharacters \ufdd0\uffff\U0010ffff", "noncharacters \ufffd\ufffd\ufffd"),
        ("powerline \ue0b0", "powerline \ue0b0"),
        ("newer than this Python \U0001fae9", "newer than this Python \U0001fae9"),
        ("👩\u200d💻 ☂\ufe0f", "👩\u200d💻 ☂\ufe0f"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("hidden\U000e0068\U000e0069", "hidden\ufffd\ufffd"),
    ],
)
def test_visible_marks_what_must_not_be_printed(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_joiner_between_letters_joins_nothing_so_that_every_letter_has_its_cells() -> None:
    assert cell_len(visible("a\u200db")) == 2
    assert cell_len(visible("\u200dabc")) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("two\r\nlines\rand\x0bmore\x0cof\u2028them\x85", "two lines and more of them "),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07name", "name"),
        ("\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("[red]markup[/red] [@click=app.quit]x", "[red]markup[/red] [@click=app.quit]x"),
        ("a\tb", "a b"),
        ("\x1b\x1b[m[31m", "[31m"),
    ],
)
def test_clean_gives_one_line_of_what_is_printed(text: str, line: str) -> None:
    assert clean(text) == line


def test_clean_lines_cleans_each() -> None:
    assert clean_lines("one\x1b[2J\ntwo\u202e\r\n\nfour") == ["one", "two\ufffd", "", "four"]


@given(st.text(st.sampled_from("\x1b\x07\x9b\x9d\\[]P_^X;?0123mK a\n")))
def test_no_escape_survives_however_they_are_nested(text: str) -> None:
    assert "\x1b" not in ESCAPE.sub("", text)


@pytest.mark.parametrize(
    "part", ["\x1b]", "\x1b[", "\x9d", "\x1bP;", "\x1b[1;", "\U0001f3f4\U000e0067", "a\u200d"]
)
@pytest.mark.timeout(10)
def test_sanitizing_takes_time_linear_in_the_text(part: str) -> None:
    assert clean(part * 300_000) is not None
