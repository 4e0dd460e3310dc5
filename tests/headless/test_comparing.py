"""Outputs of a run beside the stored ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.notebooks_made import code, notebook, printed
from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, Output
from tui.document.notebook import Cell
from tui.headless.comparing import comparable, differences, is_ignored, patterns_of
from tui.headless.ignoring import USUAL, RuleError, own_rules, read_rules, settled
from tui.headless.outcome import CellEnd, CellResult
from tui.headless.plan import Step


def differ(cell: Cell, *now: Output) -> list[str]:
    result = CellResult(Step(cell.key, 1), CellEnd.OK, outputs=now)
    return [str(each) for each in differences(notebook(cell), [result], USUAL)]


def test_the_same_is_no_difference() -> None:
    assert not differ(code("1", outputs=(printed("a\n"),)), printed("a\n"))


def test_another_text_is_shown_as_a_diff() -> None:
    (shown,) = differ(code("1", outputs=(printed("a\n"),)), printed("b\x1b[2J\n"))
    assert "-a" in shown
    assert "+b" in shown
    assert "\x1b" not in shown


@given(st.lists(st.text("ab\n\r\b", max_size=6), max_size=6))
def test_how_a_stream_was_split_makes_no_difference(pieces: list[str]) -> None:
    whole = (printed("".join(pieces)),) if "".join(pieces) else ()
    assert comparable([printed(each) for each in pieces if each], ()) == comparable(whole, ())


def test_two_streams_are_compared_each_for_itself() -> None:
    stored = (printed("a"), printed("x", "stderr"), printed("b"))
    assert comparable(stored, ()) == comparable((printed("ab"), printed("x", "stderr")), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<object at 0x7f3a12345678>", "<object at 0x7f3a00000000>"),
        (
            "CPU times: user 4.2 ms, sys: 1 ms, total: 5 ms",
            "CPU times: user 14 ms, sys: 2.5 ms, total: 16 ms",
        ),
        ("2024-01-02T03:04:05.678Z", "2026-11-26T00:45:23Z"),
        ("peak memory: 12.5 MiB", "peak memory: 13 MiB"),
        ("10/10 [00:01, 99.1it/s]", "10/10 [00:03, 3.3it/s]"),
        ("File /tmp/ipykernel_12/345.py:1", "File /tmp/ipykernel_99/1.py:1"),
        ("\x1b[31mred\x1b[0m", "red"),
    ],
)
def test_what_changes_from_run_to_run_makes_no_difference(one: str, other: str) -> None:
    assert settled(one, USUAL) == settled(other, USUAL)


def test_plain_numbers_do() -> None:
    assert settled("accuracy 0.91", USUAL) != settled("accuracy 0.92", USUAL)


def test_pictures_are_compared_by_being_there() -> None:
    one, other = DisplayData({"image/png": "AAAA"}), DisplayData({"image/png": "BBBB"})
    assert comparable((one,), ()) == comparable((other,), ())
    assert comparable((one,), ()) != comparable((), ())


def test_counts_and_tracebacks_are_not_compared() -> None:
    assert comparable((ExecuteResult({"text/plain": "1"}, {}, 3),), ()) == comparable(
        (ExecuteResult({"text/plain": "1"}, {}, 4),), ()
    )
    assert comparable((ErrorOutput("E", "v", ("a",)),), ()) == comparable(
        (ErrorOutput("E", "v", ("b",)),), ()
    )


@pytest.mark.parametrize(
    "cell",
    [
        code("1", "check-ignore"),
        code("1", "nbval-ignore-output"),
        code("# NBVAL_IGNORE_OUTPUT\n1"),
        code("x\n#NBVAL_SKIP"),
    ],
)
def test_a_cell_may_be_left_out(cell: Cell) -> None:
    assert is_ignored(cell)
    assert not differ(cell, printed("anything"))


def test_a_notebook_may_name_what_it_ignores() -> None:
    (rule,) = own_rules(patterns_of(notebook(tnb={"check": {"ignore": [r"seed \d+", 3]}})))
    assert settled("seed 12", (rule,)) == settled("seed 99", (rule,))


def test_rules_of_nbval(tmp_path: Path) -> None:
    path = tmp_path / "sanitize.cfg"
    path.write_text("[dates]\nregex: \\d{1,2}/\\d{1,2}/\\d{4}\nreplace: DATE\n")
    assert settled("on 1/2/2024", read_rules(path)) == "on DATE"


@pytest.mark.parametrize("text", ["[a]\nreplace: x", "[a]\nregex: (", "nothing"])
def test_rules_that_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.cfg"
    path.write_text(text)
    with pytest.raises(RuleError, match=r"\A[^\n]+\Z"):
        read_rules(path)
