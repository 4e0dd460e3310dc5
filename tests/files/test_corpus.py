"""Real notebooks: none changes without an edit, and what is edited is all that changes."""

from __future__ import annotations

import pytest

from notebook_corpus import ARCHIVE, Outcome, examine

pytestmark = pytest.mark.skipif(
    not ARCHIVE.exists(), reason=f"the corpus {ARCHIVE.name} is not beside the project"
)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return examine()


def test_every_notebook_opens_and_no_other_file_does(outcome: Outcome):
    assert outcome.files == 211
    assert len(outcome.unreadable) == 1
    assert outcome.editable == 175


def test_no_file_changes_without_an_edit(outcome: Outcome):
    assert outcome.changed_without_edit == []


def test_every_edit_of_every_file_reads_back_as_the_document(outcome: Outcome):
    assert outcome.wrong == []


def test_one_character_changed_is_one_line_out_and_one_in(outcome: Outcome):
    assert outcome.one_line >= 0.95 * len(outcome.lines["change a character"]), outcome.not_one_line


def test_moving_a_cell_writes_no_line_anew_but_those_that_gain_or_lose_a_comma(outcome: Outcome):
    assert all(new <= 3 for _, new in outcome.lines["move a cell"])
