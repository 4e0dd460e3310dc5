"""Errors as rows: IPython's frames of packages are folded, and everything else is as it came."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import ErrorOutput
from tracebacks import (
    CHAINED,
    EXCEPTION,
    INSTALLED,
    OTHERS,
    OWN_FRAME,
    STANDARD_FRAME,
    cell_frame,
    error,
    heading,
)
from tui.render.canvas import Canvas, Detail
from tui.render.drawing import Pending, Shortened
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row
from tui.render.traceback import draw_traceback
from tui.render.tracebackframes import cell_lines
from viewing import texts_of

PRINTED = st.lists(st.sampled_from([*INSTALLED.traceback, *CHAINED.traceback]) | st.text(), max_size=12)


def rows(shown: ErrorOutput, detail: Detail = Detail.BRIEF, width: int = 80) -> list[Row]:
    drawing = draw_traceback(shown, Canvas(width, detail))
    assert not isinstance(drawing, Pending)
    return list(drawing)


def test_frames_of_packages_are_one_row_and_the_last_frame_of_all_is_shown() -> None:
    assert texts_of(rows(INSTALLED))[2:] == [
        "Cell In[3], line 2",
        "----> 2 df['b']",
        "… 3 frames in pandas, numpy · o shows",
        "File /home/me/.venv/lib/python3.12/site-packages/pandas/core/frame.py:30, in Dat",
        "aFrame.__getitem__(self)",
        "--> 30 return self._get(key)",
        "",
        "KeyError: 'b'",
    ]


def test_in_full_all_frames_are_shown() -> None:
    brief, full = rows(INSTALLED), rows(INSTALLED, Detail.FULL)

    assert isinstance(draw_traceback(INSTALLED, Canvas(80)), Shortened)
    assert not isinstance(draw_traceback(INSTALLED, Canvas(80, Detail.FULL)), Shortened)
    assert len(full) > len(brief)
    assert sum("frame.py" in line for line in texts_of(full)) == 3


def test_of_a_chain_every_exception_is_shown_with_what_is_ones_own() -> None:
    lines = texts_of(rows(CHAINED))

    assert lines[2:7] == [
        "… 2 frames in pandas · o shows",
        "KeyError: 'b'",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
    ]
    assert "----> 1 load()" in lines
    assert lines[-1] == "ValueError: bad"


def test_files_of_ones_own_are_no_package() -> None:
    shown = rows(error(heading("KeyError"), OWN_FRAME, STANDARD_FRAME, OWN_FRAME, EXCEPTION))

    assert [line for line in texts_of(shown) if line.startswith(("File", "…"))] == [
        "File /home/me/project/model.py:12, in fit(self)",
        "… 1 frame in json · o shows",
        "File /home/me/project/model.py:12, in fit(self)",
    ]


@pytest.mark.parametrize(
    ("head", "package"),
    [
        ("~/conda/lib/python3.7/site-packages/distributed/client.py in result(self, timeout)", "distributed"),
        ("c:\\python27\\lib\\site-packages\\pymc\\distributions.pyc in __init__(self)", "pymc"),
        ("File pandas/_libs/index.pyx:172, in pandas._libs.index.IndexEngine.get_loc()", "pandas"),
        ("pandas/_libs/index.pyx in pandas._libs.index.IndexEngine.get_loc()", "pandas"),
        ("File <frozen importlib._bootstrap>:1360, in _find_and_load(name)", "importlib"),
        ("File ~/.pyenv/versions/3.11.7/lib/python3.11/asyncio/tasks.py:479, in wait_for(fut)", "asyncio"),
        ("File C:\\Python312\\Lib\\json\\decoder.py:353, in decode(s)", "json"),
        ("/usr/lib/python2.7/dist-packages/six.pyc in wrap(f)", "six"),
    ],
)
def test_old_and_new_spellings_of_frames_are_known(head: str, package: str) -> None:
    shown = error(heading("KeyError"), f"{head}\n--> 1 code\n", cell_frame(1, 1, "f()"), EXCEPTION)

    assert f"… 1 frame in {package} · o shows" in texts_of(rows(shown))


@pytest.mark.parametrize(
    "head",
    [
        "<ipython-input-3-0bd0d9c> in <module>()",
        "Input In [3], in <cell line: 2>()",
        "Cell In [3], line 2",
        "/tmp/ipykernel_12/3456.py in <module>",
        "/tmp/ipython-input-12.py in <cell line: 3>()",
        "~/reef/mod.py in g(y)",
        "/Users/me/My Work/mod.py in g(y)",
    ],
)
def test_what_is_ones_own_is_never_folded(head: str) -> None:
    shown = error(heading("KeyError"), f"{head}\n----> 1 code\n", STANDARD_FRAME, EXCEPTION)

    assert texts_of(rows(shown))[1] == head
    assert not any("frame" in line for line in texts_of(rows(shown)))


def test_every_heading_of_a_chain_fits_the_width() -> None:
    for width in (50, 60, 80):
        lines = texts_of(rows(CHAINED, width=width))
        assert [line for line in lines if "Traceback" in line] == [
            f"{name}{'Traceback (most recent call last)':>{min(width, 75) - len(name)}}"
            for name in ("KeyError", "ValueError")
        ]
    assert "-" * 40 in texts_of(rows(CHAINED, width=40))


@pytest.mark.parametrize("kernel", OTHERS)
def test_other_kernels_tracebacks_are_as_they_came(kernel: str) -> None:
    lines = texts_of(rows(error(*OTHERS[kernel])))

    assert lines == [line.rstrip() for part in OTHERS[kernel] for line in part.split("\n")]


def test_the_fold_says_so_by_words_and_by_its_role() -> None:
    (fold,) = [row for row in rows(INSTALLED) if plain(row).startswith("…")]

    assert fold[0].style.role is Role.MUTED


@given(PRINTED, st.integers(4, 100), st.sampled_from(Detail))
def test_no_traceback_makes_a_control_or_a_row_wider_than_asked_for(
    parts: list[str], width: int, detail: Detail
) -> None:
    for row in rows(error(*parts), detail, width):
        assert row_width(row) <= width
        assert not any(unicodedata.category(character) == "Cc" for character in plain(row))


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "part",
    [
        "/" * 500_000,
        "File " + "a:1" * 200_000,
        "<ipython-input-" * 20_000,
        "In [1]\n" * 40_000,
        "-> " * 100_000,
    ],
)
def test_a_hostile_traceback_takes_no_longer_than_its_length(part: str) -> None:
    assert rows(error(part))
    assert len(cell_lines([part])) <= len(part)
    assert rows(error(*[part[:300]] * 900))
