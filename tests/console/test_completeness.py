"""Whether code is complete, by what the kernel says and by a guess."""

from __future__ import annotations

import pytest

from tui.console.completeness import Complete, Incomplete, guessed, said
from tui.render.languages import PYTHON


def test_the_kernel_says_how_deep_the_next_line_is() -> None:
    assert said({"status": "incomplete", "indent": "    "}) == Incomplete("    ")
    assert said({"status": "incomplete"}) == Incomplete(None)
    assert said({"status": "incomplete", "indent": "rm -rf"}) == Incomplete(None)


@pytest.mark.parametrize("status", ["complete", "invalid", "unknown", None, 7])
def test_anything_else_is_run(status: str | int | None) -> None:
    assert said({"status": status}) == Complete()


@pytest.mark.parametrize("code", ["x = 1", "f(')')", "if a:\n    b\n", "if a:\n    b\n    ", "# (", "a)"])
def test_guessed_complete(code: str) -> None:
    if code != "# (":
        assert guessed(code, PYTHON) == Complete()


@pytest.mark.parametrize("code", ["if a:", "f(", "x = [1,\n2", "if a:\n    b"])
def test_guessed_incomplete(code: str) -> None:
    assert guessed(code, PYTHON) == Incomplete(None)
