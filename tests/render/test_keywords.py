"""The words that belong to a language itself."""

from __future__ import annotations

import pytest

from tui.render.highlight.keywords import keywords_of
from tui.render.languages import language_named


@pytest.mark.parametrize(
    ("language", "word", "kind"),
    [
        ("python", "def", "keyword"),
        ("python", "print", "builtin"),
        ("python", "ValueError", "class"),
        ("r", "function", "keyword"),
        ("julia", "while", "keyword"),
        ("javascript", "await", "keyword"),
        ("octave", "zeros", "builtin"),
        ("bash", "export", "builtin"),
    ],
)
def test_a_language_knows_its_words(language: str, word: str, kind: str):
    assert keywords_of(language_named(language)).get(word) == kind


@pytest.mark.parametrize("language", ["text", "no such language"])
def test_of_another_language_nothing_is_known(language: str):
    assert keywords_of(language_named(language)) == {}
