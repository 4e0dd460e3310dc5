"""Regular expressions that are compiled late do what they would: each case in a Python of its own."""

from __future__ import annotations

import pytest

from lean.freshpython import printed

LATE = "from tui.lean.patterns import compile_patterns_late; compile_patterns_late(); "
PATTERNS = """
import copy, pickle, re
WORD = re.compile(r"(?P<first>\\w)\\w*", re.ASCII)
BYTES = re.compile(rb"[0-9]+")
"""


def shown(program: str, *, late: bool) -> str:
    return printed(PATTERNS + program, LATE if late else "")


@pytest.mark.parametrize(
    "program",
    [
        "print(WORD.match('a word').group('first'), WORD.findall('one two'), BYTES.search(b'a12')[0])",
        "print(WORD.pattern, WORD.flags, WORD.groups, WORD.groupindex, WORD)",
        "print(re.sub(WORD, 'x', 'one two'), re.split(BYTES, b'a1b'), re.fullmatch(WORD, 'ü'))",
        "print(isinstance(WORD, re.Pattern), isinstance(WORD, str), re.compile(WORD).pattern)",
        "print(copy.copy(WORD).pattern, copy.deepcopy(BYTES).pattern)",
        "print(pickle.loads(pickle.dumps(WORD)).flags)",
        "print(WORD.sub(lambda found: found[0].upper(), 'one'), WORD.match('one').re.pattern)",
        "try: WORD.nothing\nexcept AttributeError as error: print(error)",
    ],
)
def test_a_pattern_that_is_compiled_late_does_the_same(program: str) -> None:
    assert shown(program, late=True) == shown(program, late=False)


def test_it_is_compiled_when_something_is_first_asked_of_it() -> None:
    program = """
import re._compiler
made = []
compile = re._compiler.compile
re._compiler.compile = lambda pattern, flags: made.append(pattern) or compile(pattern, flags)
ONE, TWO = re.compile("one+"), re.compile("two+")
print(made); ONE.match("one"); ONE.match("one"); print(made)
"""
    assert shown(program, late=True).splitlines() == ["[]", "['one+']"]


def test_what_a_function_compiles_is_compiled_at_once_so_that_its_errors_are_told_there() -> None:
    program = """
def sought(pattern):
    try:
        return re.compile(pattern)
    except re.error as error:
        return error
print(repr(sought("(")), type(sought("a")).__name__)
"""
    assert shown(program, late=True) == shown(program, late=False)
