"""Kernels as rows: what is found by typing, and how it is laid out at any width."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernelbridge.kernelchoices import Candidates, Section, choices
from kernelchoosing import ALL, BASH, GONE, R
from tui.render.rowops import plain, row_width
from tui.render.rows import Role
from tui.screens.kernelrows import detail_row, fitting, kernel_rows

CHOICES = choices(ALL)


def titles(query: str) -> list[str]:
    return [choice.title for choice in fitting(query, CHOICES)]


def shown(query: str = "", width: int = 80) -> list[str]:
    return [plain(each.row).rstrip() for each in kernel_rows(CHOICES, query, width)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bash", ["Bash"]),
        ("  BASH ", ["Bash"]),
        ("envs/geo", ["Python 3 (geo)"]),
        ("python servers", ["Python 3"]),
        ("delays", ["Python 3 (gpu)"]),
        ("julia gone", ["Julia"]),
        ("xyzzy", []),
        ("", [choice.title for choice in CHOICES]),
    ],
)
def test_every_word_has_to_stand_somewhere_in_what_is_told_of_a_kernel(query: str, found: list[str]) -> None:
    assert titles(query) == found


def test_each_section_has_one_heading_above_its_kernels() -> None:
    rows = kernel_rows(CHOICES, "", 80)
    headings = [plain(each.row).strip() for each in rows if each.is_heading]
    assert headings == [section.value for section in Section]
    assert [each.choice for each in rows if not each.is_heading] == list(CHOICES)


def test_a_section_in_which_nothing_fits_has_no_heading() -> None:
    assert shown("bash") == [" Installed kernels", "  Bash  bash · /usr/bin/bash-kernel" + " " * 40 + "bash"]


def test_what_runs_now_has_a_sign_of_its_own() -> None:
    assert [line for line in shown() if "●" in line] == [line for line in shown() if "idle · python3" in line]


@pytest.mark.parametrize("width", [*range(1, 60), 80, 200])
@pytest.mark.parametrize("query", ["", "python"])
def test_no_row_is_wider_than_there_is_room(width: int, query: str) -> None:
    assert max(row_width(each.row) for each in kernel_rows(CHOICES, query, width)) <= width
    assert all(row_width(detail_row(choice, width)) <= width for choice in CHOICES)


def test_languages_stand_below_each_other_at_the_right() -> None:
    assert {len(line) for line in shown() if line.endswith(("python", "bash", " R", "julia"))} == {79}


def test_in_a_narrow_list_titles_and_languages_are_left() -> None:
    (line,) = [line for line in shown(width=38) if "Bash" in line]
    assert line.split() == ["Bash", "bash"]


def test_a_path_that_does_not_fit_loses_its_middle() -> None:
    (line,) = [line for line in shown(width=60) if "(geo)" in line]
    assert "conda · /o…s/geo/bin/python" in line


def test_what_is_searched_for_is_marked_in_the_titles() -> None:
    (_, row, *_) = kernel_rows(choices(replace(ALL, now=None)), "PYTHON ipy", 80)
    marked = [span.text for span in row.row if span.style.role is Role.ACCENT]
    assert marked == ["Python", "ipy"]


def test_what_is_typed_is_no_pattern() -> None:
    assert "Python 3 (geo)" in "".join(shown("(geo)"))
    assert shown("(") != shown("")


def test_when_nothing_fits_it_says_so_and_when_there_is_nothing_it_says_what_to_do() -> None:
    assert shown("xyzzy") == [" No kernel fits."]
    (row,) = kernel_rows((), "", 80)
    assert "pip install ipykernel" in plain(row.row)
    assert row.choice is None


def test_the_detail_of_a_kernel_that_cannot_be_had_is_the_reason_as_a_warning() -> None:
    *_, last = choices(Candidates("/", installed=(BASH, GONE)))
    row = detail_row(last, 80)
    assert plain(row) == " its program /gone/julia is not there"
    assert row[-1].style.role is Role.WARNING


def test_without_a_kernel_there_is_no_detail() -> None:
    assert detail_row(None, 80) == ()


def test_hostile_names_are_made_harmless() -> None:
    spec = replace(
        R.spec, display_name="R\x1b[2J\n\u202eevil", language="R\x07" + "界" * 99, argv=("/\x1b]0;x\x07",)
    )
    rows = kernel_rows(choices(Candidates("/", installed=(replace(R, spec=spec),))), "r", 80)
    text = "".join(plain(each.row) for each in rows)
    assert max(row_width(each.row) for each in rows) <= 80
    assert not {"\x1b", "\n", "\u202e", "\x07"} & set(text)
    assert "evil" in text
