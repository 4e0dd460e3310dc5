"""Which language a notebook, a fence or a file ending means."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pygments.lexers import find_lexer_class_by_name

from tui.render import languages
from tui.render.languages import PLAIN, PYTHON, language_named, language_of


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ({"language_info": {"name": "python", "pygments_lexer": "ipython3"}}, "python"),
        ({"kernelspec": {"name": "julia-1.10", "language": "julia"}}, "julia"),
        ({"kernelspec": {"name": "julia-1.10"}}, "julia"),
        ({"kernelspec": {"name": "ir", "language": ""}, "language_info": {"name": "R"}}, "r"),
        ({"kernelspec": {"name": "xcpp17", "language": "C++17"}}, "c++"),
        (
            {"kernelspec": {"name": ".net-csharp", "language": "C#"}, "language_info": {"name": "polyglot"}},
            "c#",
        ),
        (
            {"language_info": {"name": "Wolfram Language", "pygments_lexer": "mathematica"}},
            "wolfram language",
        ),
        ({"language_info": {"file_extension": ".m"}}, "octave"),
        ({"language_info": {"name": "newlang", "file_extension": ".new"}}, "newlang"),
    ],
)
def test_a_notebook_says_its_language_in_one_of_many_ways(metadata: dict, name: str) -> None:
    assert language_of(metadata).name == name


@pytest.mark.parametrize(
    "metadata", [{}, {"kernelspec": 1, "language_info": ["x"]}, {"kernelspec": {"name": None}}]
)
def test_a_notebook_that_says_nothing_of_use_is_in_python(metadata: dict) -> None:
    assert language_of(metadata) is PYTHON


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Py", "python"),
        (".py", "python"),
        ("cpp", "c++"),
        ("shell", "bash"),
        ("", "text"),
        ("no such", "no such"),
    ],
)
def test_names_aliases_and_file_endings_are_known(word: str, name: str) -> None:
    assert language_named(word).name == name


def test_plain_text_has_no_comments_and_no_blocks() -> None:
    assert (PLAIN.lexer, PLAIN.comment, PLAIN.opens_after) == (None, None, ())


def test_every_lexer_that_is_named_exists() -> None:
    for language in languages._LANGUAGES:
        assert language.lexer is None or find_lexer_class_by_name(language.lexer)


def test_no_alias_leads_nowhere_or_hides_a_name() -> None:
    assert set(languages._ALIASES.values()) <= set(languages._BY_NAME)
    assert not set(languages._ALIASES) & set(languages._BY_NAME)


def test_to_name_a_language_loads_no_lexer() -> None:
    code = "import sys, tui.render.languages, tui.render.highlight; sys.exit('pygments' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
