"""What colours code gets, line by line, and that edits leave the colours that a fresh look would give."""

from __future__ import annotations

import statistics
import textwrap
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.lexers.python import PythonLexer

from tui.render.highlight import Highlighter, Run
from tui.render.highlight.ipython import IPythonLexer
from tui.render.highlight.lines import LONGEST_LINE, LineText
from tui.render.highlight.styles import PLAIN_CODE, STYLE_OF
from tui.render.languages import PYTHON, language_named
from tui.render.rows import Role

Coloured = list[list[tuple[str, Role]]]

PYTHON_PIECES = st.sampled_from(
    [
        *("\n", "\n", "\n", " ", "    ", "\t", "\\", "\\\n", '"', "'", '"""', "'''", *"#()[]{}"),
        *("def ", "class ", "from ", "import ", "as ", "match", "case", "_", "lazy", "async ", "yield "),
        *("f'", 'rb"', 'f"""', "{x!r:>{w}}", "{a[", "]}", "%s", "%(a)s", "\\n", "\\N{DASH}", "print", ".len"),
        *("@", "=", "==", ":=", ".", ".5", "1_0", "0x1f", "1e3j", "x", "é", "名前", "%ls", "!", "?"),
        *("self", "None", "for ", "%time ", "..", "²"),
    ]
)  # fmt: skip
PYTHON_TEXTS = st.lists(PYTHON_PIECES, max_size=40).map("".join)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PYTHON_TEXTS | PYTHON_PIECES), max_size=6)


def coloured(language: str, text: str) -> Coloured:
    """The pieces of each line with their roles."""
    highlighter = Highlighter(language_named(language))
    highlighter.set_text(text)
    return [pieces(line, highlighter.runs(number)) for number, line in enumerate(text.split("\n"))]


def pieces(line: str, runs: tuple[Run, ...]) -> list[tuple[str, Role]]:
    ends = [0]
    for run in runs:
        ends.append(ends[-1] + run.length)
    assert ends[-1] == len(line)
    return [(line[start:end], run.style.role) for (start, end), run in zip(pairwise(ends), runs, strict=True)]


def roles(language: str, line: str) -> dict[str, Role]:
    """The roles of the pieces of one line, but for what has no colour."""
    return {piece: role for piece, role in coloured(language, line)[0] if role is not Role.CODE}


def all_runs(highlighter: Highlighter, text: str) -> list[tuple[Run, ...]]:
    return [highlighter.runs(line) for line in range(text.count("\n") + 1)]


def fresh_runs(language: str, text: str) -> list[tuple[Run, ...]]:
    highlighter = Highlighter(language_named(language))
    highlighter.set_text(text)
    return all_runs(highlighter, text)


def pygments_styles(lexer: object, text: str) -> list[str]:
    """The role of every code point, as Pygments' own loop gives it."""
    found = [PLAIN_CODE.role.value] * (len(text) + 1)
    for start, token, value in lexer.get_tokens_unprocessed(text + "\n"):
        found[start : start + len(value)] = [STYLE_OF[token].role.value] * len(value)
    return [role for role, character in zip(found, text, strict=False) if character != "\n"]


def our_styles(language: str, text: str) -> list[str]:
    return [
        run.style.role.value for runs in fresh_runs(language, text) for run in runs for _ in range(run.length)
    ]


class TestColours:
    def test_of_python(self) -> None:
        assert roles("python", "def area(r=1.5): return None  # half") == {
            "def": Role.KEYWORD,
            "area": Role.NAME_FUNCTION,
            "=": Role.OPERATOR,
            "1.5": Role.NUMBER,
            "return": Role.KEYWORD,
            "None": Role.KEYWORD,
            "# half": Role.COMMENT,
        }

    def test_of_a_class_a_decorator_and_builtins(self) -> None:
        assert roles("python", "class Point(ValueError): pass") == {
            "class": Role.KEYWORD,
            "Point": Role.NAME_CLASS,
            "ValueError": Role.NAME_BUILTIN,
            "pass": Role.KEYWORD,
        }
        assert roles("python", "@cached") == {"@cached": Role.DECORATOR}
        assert roles("python", "len(x)") == {"len": Role.NAME_BUILTIN}
        assert roles("python", "x.len") == {".": Role.OPERATOR}

    def test_of_a_string_over_lines(self) -> None:
        assert coloured("python", 'x = """one\ntwo"""\ny') == [
            [("x ", Role.CODE), ("=", Role.OPERATOR), (" ", Role.CODE), ('"""one', Role.STRING)],
            [('two"""', Role.STRING)],
            [("y", Role.CODE)],
        ]

    @pytest.mark.parametrize(
        ("language", "line", "expected"),
        [
            ("bash", "for f in *.py", {"for": Role.KEYWORD, "in": Role.KEYWORD}),
            ("r", "x <- TRUE", {"<-": Role.OPERATOR, "TRUE": Role.KEYWORD}),
            ("julia", "function f end", {"function": Role.KEYWORD, "end": Role.KEYWORD}),
            ("c++", "int x; // note", {"int": Role.NAME_BUILTIN, "// note": Role.COMMENT}),
            ("scheme", '(define x "s")', {"define": Role.KEYWORD, '"s"': Role.STRING}),
            ("octave", "% note", {"% note": Role.COMMENT}),
            ("json", '{"a": 1}', {'"a"': Role.KEYWORD, "1": Role.NUMBER}),
        ],
    )
    def test_of_other_languages(self, language: str, line: str, expected: dict[str, Role]) -> None:
        assert expected.items() <= roles(language, line).items()

    def test_an_unknown_language_has_none(self) -> None:
        assert coloured("no-such-language", "def x") == [[("def x", Role.CODE)]]
        assert coloured("text", "def x\n") == [[("def x", Role.CODE)], []]

    def test_a_line_that_is_not_there_is_an_index_error(self) -> None:
        for language in ("python", "json", "text"):
            with pytest.raises(IndexError):
                Highlighter(language_named(language)).runs(1)


class TestIPythonSyntax:
    @pytest.mark.parametrize("line", ["%matplotlib inline", "!pip install 'x", "?print", "%%unknown it's"])
    def test_a_magic_or_shell_line_stands_out_and_does_not_colour_the_next(self, line: str) -> None:
        first, second = coloured("python", f"{line}\nx = 'a'")
        assert first[0][1] is Role.DECORATOR
        assert {role for _, role in first[1:]} <= {Role.CODE}
        assert ("'a'", Role.STRING) in second

    def test_the_argument_of_time_is_python(self) -> None:
        assert roles("python", "%timeit len(x)") == {"%timeit": Role.DECORATOR, "len": Role.NAME_BUILTIN}

    def test_a_question_behind_a_name(self) -> None:
        assert roles("python", "np.arange??") == {"??": Role.DECORATOR}

    def test_a_shell_command_that_gives_a_value(self) -> None:
        assert roles("python", "files = !ls 'a") == {"=": Role.OPERATOR, "!": Role.DECORATOR}
        assert roles("python", "a != b") == {"!=": Role.OPERATOR}

    def test_a_percent_sign_in_a_string_or_an_expression_is_no_magic(self) -> None:
        assert coloured("python", '"""\n%name\n"""')[1] == [("%name", Role.STRING)]
        assert coloured("python", "(a\n % b)")[1][1] == ("%", Role.OPERATOR)

    @pytest.mark.parametrize("magic", ["%%bash", "%%script bash", "%%sh", "%%writefile -a run.sh"])
    def test_a_cell_magic_gives_the_rest_its_own_language(self, magic: str) -> None:
        head, body = coloured("python", f"{magic}\nif true; then echo x; fi")
        assert head[0][1] is Role.DECORATOR
        assert {"if", "then", "fi"} <= {piece.strip() for piece, role in body if role is Role.KEYWORD}

    @pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%writefile a.py", "%%px"])
    def test_a_cell_magic_over_python_leaves_it_python(self, magic: str) -> None:
        assert ("def", Role.KEYWORD) in coloured("python", f"{magic}\ndef f(): pass")[1]

    def test_the_language_follows_the_magic_while_it_is_typed(self) -> None:
        highlighter = Highlighter(PYTHON)
        for text in ("fi", "%%bash\nfi", "%%bas\nfi"):
            highlighter.set_text(text)
            assert all_runs(highlighter, text) == fresh_runs("python", text)


class TestEdits:
    @given(PYTHON_TEXTS, EDITS, st.data())
    @example('"""a\n"""\nx', [(0.0, 0, "\n")], None)
    def test_leave_the_runs_that_a_fresh_highlighter_gives(
        self, text: str, edits: list, data: object
    ) -> None:
        check_edits("python", text, edits, data)

    @pytest.mark.parametrize(
        "language", ["r", "julia", "javascript", "haskell", "sql", "c++", "json", "text"]
    )
    @given(data=st.data())
    def test_leave_them_in_other_languages_too(self, language: str, data: st.DataObject) -> None:
        tokens = st.sampled_from(
            [*"\n\n\n \"'/*+#{}()[];:=-<>|", "/*", "*/", "if ", "end\n", "x1 ", "func", "-- ", "{-"]
        )
        texts = st.lists(tokens, max_size=30).map("".join)
        edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), texts), max_size=4)
        check_edits(language, data.draw(texts), data.draw(edits), data)

    @pytest.mark.parametrize(
        ("language", "texts_and_lines"),
        [
            ("java", [('" \n ', 0), ("\n \n ", 1), ("\n\n \n ", None)]),
            ("sql", [("\n \n\"\n'\n", 2), ("\n\n \n\"\n'\n", None), ('\n\n \n"\n\'\n"', None)]),
        ],
    )
    def test_that_follow_each_other_unseen_are_all_seen_in_the_end(
        self, language: str, texts_and_lines: list[tuple[str, int | None]]
    ) -> None:
        highlighter = Highlighter(language_named(language))
        text = ""
        for text, line in texts_and_lines:
            highlighter.set_text(text)
            if line is not None:
                highlighter.runs(line)
        assert all_runs(highlighter, text) == fresh_runs(language, text)

    def test_need_little_lexing(self) -> None:
        text = "\n".join(["def f(x):", "    return x + 1  # sum", ""] * 700)
        highlighter = Highlighter(PYTHON)
        highlighter.set_text(text)
        all_runs(highlighter, text)
        seconds: list[float] = []
        middle = len(text) // 2
        for count in range(40):
            text = f"{text[:middle]}{'abc d'[count % 5]}{text[middle:]}"
            before = time.thread_time()
            highlighter.set_text(text)
            for line in range(1030, 1070):
                highlighter.runs(line)
            seconds.append(time.thread_time() - before)
        assert statistics.median(seconds) < 0.005  # ten times what it takes, so that a slow machine passes


def check_edits(language: str, text: str, edits: list[tuple[float, int, str]], data: object) -> None:
    highlighter = Highlighter(language_named(language))
    highlighter.set_text(text)
    look_at(highlighter, text, data)
    for where, removed, inserted in edits:
        at = round(where * len(text))
        text = text[:at] + inserted + text[at + removed :]
        highlighter.set_text(text)
        look_at(highlighter, text, data)
    assert all_runs(highlighter, text) == fresh_runs(language, text)


def look_at(highlighter: Highlighter, text: str, data: object) -> None:
    """Ask for one line, so that texts are lexed to anywhere or not at all before the next edit."""
    if isinstance(data, st.DataObject):
        line = data.draw(st.none() | st.integers(0, text.count("\n")), label="line looked at")
        if line is not None:
            highlighter.runs(line)


class TestAgainstPygments:
    @given(PYTHON_TEXTS)
    def test_runs_are_what_the_lexer_itself_gives(self, text: str) -> None:
        if not text.startswith("%%"):
            assert our_styles("python", text) == pygments_styles(IPythonLexer(), text)

    @given(
        st.lists(PYTHON_PIECES.filter(lambda piece: not set(piece) & set("%!?]²")), max_size=40).map("".join)
    )
    def test_python_without_magics_is_coloured_as_pygments_does(self, text: str) -> None:
        assert our_styles("python", text) == pygments_styles(PythonLexer(), text)

    @pytest.mark.parametrize(
        "language", ["r", "julia", "javascript", "bash", "c++", "scheme", "json", "yaml", "ruby"]
    )
    @given(
        st.lists(st.sampled_from([*"\n\n \"'/*+#{}()[];:=-<>|", "if ", "end", "x1", "/*", "*/"]), max_size=40)
    )
    def test_other_languages_too(self, language: str, parts: list[str]) -> None:
        text = "".join(parts)
        lexer = get_lexer_by_name(language_named(language).lexer or "")
        assert our_styles(language, text) == pygments_styles(lexer, text)

    def test_on_real_code(self) -> None:
        source = Path(textwrap.__file__).read_text(encoding="utf-8")
        assert our_styles("python", source) == pygments_styles(PythonLexer(), source)


class TestBounds:
    def test_a_lexer_is_given_nothing_of_a_very_long_line(self) -> None:
        text = LineText()
        text.replace("a\n" + "b" * (LONGEST_LINE + 1) + "\nc")
        change = text.replace("a\n" + "b" * (LONGEST_LINE + 2) + "\nc")
        assert text.lexed == "a\n\nc\n"
        assert (change.before, change.after) == ("", "")

    @given(st.lists(st.text("ab'\n ", max_size=12), min_size=1, max_size=6))
    def test_colours_are_those_of_a_fresh_look_when_lines_become_too_long_and_short_again(
        self, parts: list[str]
    ) -> None:
        filler = "x" * (LONGEST_LINE - 4)
        highlighter = Highlighter(PYTHON)
        for start in range(len(parts)):
            text = filler.join(parts[start:])
            highlighter.set_text(text)
            assert all_runs(highlighter, text) == fresh_runs("python", text)

    def test_a_very_long_line_is_plain_and_its_neighbours_are_not(self) -> None:
        long = "x = '" + "a" * LONGEST_LINE + "'"
        first, second, third = coloured("python", f"def f(): pass\n{long}\ndef g(): pass")
        assert second == [(long, Role.CODE)]
        assert first[0] == third[0] == ("def", Role.KEYWORD)

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("python", "   \n" * 30_000),
            ("python", "{" * 200_000),
            ("python", ('f"{' + "(" * 1_000 + "\n") * 500),
            ("python", '"""\n' * 20_000 + '"'),
            ("python", "\\\n" * 30_000),
            ("python", "match\n" * 20_000),
            ("python", "def" + "\n" * 50_000),
            ("python", "lazy \\\n" * 10_000),
            ("python", ("{a" + ".b" * 900 + "\n") * 100),
            ("python", ("'" + "{a[" * 600 + "\n") * 100),
            ("javascript", ("(" * 1_000 + "\n") * 500),
            ("r", "def" + "\n" * 50_000),
            ("json", "[" * 1_000 + "\n" * 50_000),
        ],
        ids=lambda text: repr(text[:12]),
    )
    def test_text_made_to_be_slow_is_given_up_in_time(self, language: str, text: str) -> None:
        before = time.thread_time()
        runs = fresh_runs(language, text)
        assert time.thread_time() - before < 5
        assert [sum(run.length for run in line) for line in runs] == [len(line) for line in text.split("\n")]
