"""What the launcher lists: notebooks that were opened lately, and those in a folder."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tui.files import folderlisting
from tui.files.folderlisting import free_name, notebooks_below
from tui.files.recent import MOST_KEPT, note_opened, recent_notebooks
from tui.locations import state_folder

LIST = "recent-notebooks.json"


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_the_last_that_was_opened_is_the_first_and_each_is_there_once(tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        note_opened(tmp_path / f"{name}.ipynb")
    assert names([each.path for each in recent_notebooks()]) == ["a.ipynb", "b.ipynb"]


def test_only_the_user_can_read_which_they_were_and_nothing_else_is_left_there(tmp_path: Path) -> None:
    note_opened(tmp_path / "é.ipynb")
    assert [each.name for each in state_folder().iterdir()] == [LIST]
    assert stat.S_IMODE((state_folder() / LIST).stat().st_mode) == 0o600
    assert recent_notebooks()[0].path == tmp_path / "é.ipynb"


def test_the_list_does_not_grow_for_ever(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 5):
        note_opened(tmp_path / f"{number}.ipynb")
    kept = recent_notebooks()
    assert len(kept) == MOST_KEPT
    assert kept[0].path.name == f"{MOST_KEPT + 4}.ipynb"


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[1, null]", '[{"path": "rel", "opened": 1}]', '[{"path": "/a"}]', "[" * 100_000]
)
def test_a_list_that_is_damaged_is_an_empty_one_and_is_written_anew(text: str, tmp_path: Path) -> None:
    note_opened(tmp_path / "a.ipynb")
    (state_folder() / LIST).write_text(text, encoding="utf-8")
    assert recent_notebooks() == []
    note_opened(tmp_path / "b.ipynb")
    assert names([each.path for each in recent_notebooks()]) == ["b.ipynb"]


def test_notebooks_are_found_nearest_first_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b.ipynb", "A.ipynb", "sub/c.ipynb", ".hidden/d.ipynb", "node_modules/e.ipynb", "x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(notebooks_below(tmp_path)) == ["A.ipynb", "b.ipynb", "c.ipynb"]


def test_in_a_huge_folder_no_more_is_looked_at_than_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folderlisting, "MOST_LOOKED_AT", 10)
    for number in range(50):
        (tmp_path / f"{number}.ipynb").touch()
    assert len(notebooks_below(tmp_path)) == 10
    assert notebooks_below(tmp_path / "nowhere") == []


def test_a_new_notebook_gets_a_name_that_is_free(tmp_path: Path) -> None:
    assert free_name(tmp_path).name == "Untitled.ipynb"
    (tmp_path / "Untitled.ipynb").touch()
    (tmp_path / "Untitled1.ipynb").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path).name == "Untitled2.ipynb"
