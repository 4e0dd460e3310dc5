"""What a person does with cells: make, split, merge, move, paste, convert."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernelbridge.outputs import Stream
from kernelbridge.streamtext import StreamText
from strategies import blocks, notebooks
from tui.document.cells import convert, heading, merge_cells, move_cells, new_cell, paste, split_cell
from tui.document.edits import ChangeText, EditError, InsertCells, apply_all
from tui.document.notebook import Cell, CellKey, CellKind, Notebook, new_key

PRINTED = (Stream("stdout", StreamText.of("hello\n")),)
PNG = {"image/png": "iVBORw0KGgo="}
JPEG = {"image/jpeg": "/9j/"}


def ran(source: str) -> Cell:
    return Cell(new_key(), CellKind.CODE, source, PRINTED, 3, {"tags": ["x"]}, id=f"id-{source[:3].strip()}")


def prose(source: str, **attachments: dict[str, str]) -> Cell:
    return Cell(new_key(), CellKind.MARKDOWN, source, attachments=attachments)


def notebook_of(*cells: Cell, minor: int = 5) -> Notebook:
    return Notebook(cells, nbformat_minor=minor)


def sources(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


class TestNewCell:
    def test_has_an_id_of_its_own_from_nbformat_4_5_on(self) -> None:
        cell = new_cell(Notebook(), CellKind.CODE, "x")
        assert cell.id is not None
        assert re.fullmatch("[0-9a-f]{8}", cell.id)
        assert (cell.kind, cell.source, cell.outputs) == (CellKind.CODE, "x", ())

    @pytest.mark.parametrize(("major", "minor"), [(4, 4), (4, 0), (3, 5)])
    def test_has_none_before(self, major: int, minor: int) -> None:
        assert new_cell(Notebook(nbformat=major, nbformat_minor=minor), CellKind.CODE).id is None

    def test_takes_no_id_that_the_notebook_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn = iter((b"\0\0\0\0", b"\0\0\0\1"))

        def draw(_size: int) -> bytes:
            return next(drawn)

        taken = replace(ran("x"), id="00000000")
        with monkeypatch.context() as patched:
            patched.setattr("os.urandom", draw)
            cell = new_cell(notebook_of(taken), CellKind.CODE)
        assert cell.id == "00000001"


class TestSplit:
    def test_the_last_piece_keeps_the_cell_and_its_outputs(self) -> None:
        cell = ran("one\ntwo")
        split, _ = apply_all(notebook_of(cell), split_cell(notebook_of(cell), cell.key, [4]))
        above, below = split.cells
        assert below == replace(cell, source="two")
        assert (above.source, above.outputs) == ("one", ())
        assert (above.kind, above.metadata) == (cell.kind, cell.metadata)
        assert above.key != cell.key
        assert above.id not in (None, cell.id)

    @pytest.mark.parametrize(
        ("source", "offsets", "pieces"),
        [
            ("one\n\n\ntwo", [4], ["one", "two"]),
            ("one\r\ntwo\r\n", [4], ["one", "two\r\n"]),
            ("\none two", [4], ["\none", " two"]),
            ("one", [0], ["", "one"]),
            ("one", [3], ["one", ""]),
            ("", [0], ["", ""]),
            ("a\nb\nc", [4, 2, 2], ["a", "b", "c"]),
            ("日本\n👩‍👩‍👧", [3], ["日本", "👩‍👩‍👧"]),
        ],
    )
    def test_line_breaks_around_a_cut_go_and_all_else_stays(
        self, source: str, offsets: list[int], pieces: list[str]
    ) -> None:
        notebook = notebook_of(ran("first"), prose(source), ran("last"))
        split, inverses = apply_all(notebook, split_cell(notebook, notebook.cells[1].key, offsets))
        assert sources(split) == ["first", *pieces, "last"]
        assert apply_all(split, inverses)[0] == notebook

    def test_a_piece_takes_along_the_attachments_that_it_shows(self) -> None:
        cell = prose("![](attachment:a.png)\ntext\nmore", **{"a.png": PNG, "b.png": PNG})
        notebook = notebook_of(cell)
        split, _ = apply_all(notebook, split_cell(notebook, cell.key, [22, 27]))
        assert [list(piece.attachments) for piece in split.cells] == [["a.png"], [], ["a.png", "b.png"]]

    def test_no_offsets_split_nothing(self) -> None:
        cell = ran("x")
        assert split_cell(notebook_of(cell), cell.key, []) == ()

    def test_what_is_not_there_cannot_be_split(self) -> None:
        cell = ran("x")
        for key, offset in ((cell.key, 2), (cell.key, -1), (CellKey(-1), 0)):
            with pytest.raises(EditError):
                split_cell(notebook_of(cell), key, [offset])


class TestMerge:
    def test_code_is_joined_line_to_line_under_the_first(self) -> None:
        notebook = notebook_of(ran("a"), ran("b"), prose("c"), ran("d"))
        merged, inverses = apply_all(notebook, merge_cells(notebook, 0, 3))
        assert merged.cells == (replace(notebook.cells[0], source="a\nb\nc"), notebook.cells[3])
        assert apply_all(merged, inverses)[0] == notebook

    def test_prose_keeps_its_paragraphs_apart(self) -> None:
        notebook = notebook_of(prose("one"), prose("two"))
        merged, _ = apply_all(notebook, merge_cells(notebook, 0, 2))
        assert sources(merged) == ["one\n\ntwo"]

    def test_empty_cells_add_no_lines(self) -> None:
        notebook = notebook_of(ran(""), ran("a"), ran(""), ran("b"))
        merged, _ = apply_all(notebook, merge_cells(notebook, 0, 4))
        assert sources(merged) == ["a\nb"]

    def test_attachments_come_along_and_the_first_of_a_name_stays(self) -> None:
        notebook = notebook_of(prose("1", a=PNG), prose("2", a=JPEG, b=PNG), prose("3", b=JPEG, c=PNG))
        merged, inverses = apply_all(notebook, merge_cells(notebook, 0, 3))
        assert merged.cells[0].attachments == {"a": PNG, "b": PNG, "c": PNG}
        assert apply_all(merged, inverses)[0] == notebook

    def test_a_code_cell_takes_no_attachments(self) -> None:
        notebook = notebook_of(ran("1"), prose("2", a=PNG))
        merged, _ = apply_all(notebook, merge_cells(notebook, 0, 2))
        assert merged.cells[0].attachments == {}

    def test_one_cell_is_merged_already(self) -> None:
        assert merge_cells(notebook_of(ran("a")), 0, 1) == ()

    @pytest.mark.parametrize(("index", "count"), [(0, 3), (2, 1), (-1, 2), (0, -1)])
    def test_there_must_be_so_many(self, index: int, count: int) -> None:
        with pytest.raises(EditError):
            merge_cells(notebook_of(ran("a"), ran("b")), index, count)

    @settings(max_examples=50)
    @given(st.data())
    def test_any_cells_merged_keep_all_their_text_and_can_be_taken_back(self, data: st.DataObject) -> None:
        notebook = data.draw(notebooks())
        block = data.draw(blocks(notebook))
        merged, inverses = apply_all(notebook, merge_cells(notebook, block.start, len(block)))
        assert len(merged.cells) == len(notebook.cells) - max(len(block) - 1, 0)
        for cell in notebook.cells[block.start : block.stop]:
            assert cell.source in merged.cells[block.start].source
        assert apply_all(merged, inverses)[0] == notebook


class TestMove:
    @pytest.mark.parametrize(
        ("block", "by", "expected"),
        [
            (range(1, 2), 1, "acbd"),
            (range(1, 3), -1, "bcad"),
            (range(1, 3), 1, "adbc"),
            (range(1), 9, "bcda"),
            (range(1), -1, "abcd"),
            (range(2, 4), 1, "abcd"),
        ],
    )
    def test_cells_move_together_as_far_as_there_is_room(self, block: range, by: int, expected: str) -> None:
        notebook = notebook_of(*(ran(name) for name in "abcd"))
        moved, _ = apply_all(notebook, move_cells(notebook, block, by))
        assert "".join(sources(moved)) == expected

    def test_where_there_is_none_nothing_is_done(self) -> None:
        assert move_cells(notebook_of(ran("a")), range(1), 1) == ()


class TestPaste:
    def test_a_cut_cell_stays_the_same_cell(self) -> None:
        cut = ran("x")
        assert paste(notebook_of(ran("y")), [cut]) == (cut,)

    def test_a_copied_cell_gets_a_key_and_an_id_of_its_own(self) -> None:
        cell = ran("x")
        (copy,) = paste(notebook_of(cell), [cell])
        assert copy.key != cell.key
        assert copy.id not in (None, cell.id)
        assert replace(copy, key=cell.key, id=cell.id) == cell

    def test_a_copy_has_no_id_where_the_format_has_none(self) -> None:
        cell = replace(ran("x"), id=None)
        assert paste(notebook_of(cell, minor=4), [cell])[0].id is None

    def test_a_cut_cell_pasted_twice_is_one_cell_and_a_copy(self) -> None:
        cut = ran("x")
        first, second = paste(notebook_of(), [cut, cut])
        assert first == cut
        assert second.key != cut.key
        assert second.id != cut.id

    def test_a_cell_whose_id_is_taken_gets_another(self) -> None:
        there, cut = ran("x"), ran("x")
        (pasted,) = paste(notebook_of(there), [cut])
        assert pasted.key == cut.key
        assert pasted.id not in (None, there.id)

    def test_a_cell_without_an_id_is_not_given_one_by_being_moved(self) -> None:
        cut = replace(ran("x"), id=None)
        assert paste(notebook_of(ran("y")), [cut]) == (cut,)

    @settings(max_examples=40)
    @given(notebooks(), st.data())
    def test_pasted_cells_always_fit_and_ids_stay_unique(
        self, notebook: Notebook, data: st.DataObject
    ) -> None:
        every = [*notebook.cells, *data.draw(notebooks(max_cells=2)).cells]
        clipboard = data.draw(st.lists(st.sampled_from(every), max_size=4)) if every else []
        pasted, _ = apply_all(notebook, (InsertCells(0, paste(notebook, clipboard)),))
        if notebook.nbformat_minor >= 5:
            ids = [cell.id for cell in pasted.cells if cell.id is not None]
            assert len(ids) == len(set(ids))


class TestConvert:
    def test_prose_has_no_outputs(self) -> None:
        cell = ran("x")
        for kind in (CellKind.MARKDOWN, CellKind.RAW):
            assert convert(cell, kind) == replace(cell, kind=kind, outputs=(), execution_count=None)

    def test_code_has_no_attachments(self) -> None:
        assert convert(prose("x", a=PNG), CellKind.CODE).attachments == {}

    def test_raw_keeps_attachments(self) -> None:
        assert convert(prose("x", a=PNG), CellKind.RAW).attachments == {"a": PNG}

    def test_to_the_same_kind_is_the_same_cell(self) -> None:
        cell = ran("x")
        assert convert(cell, CellKind.CODE) is cell


class TestHeading:
    @pytest.mark.parametrize(
        ("source", "level", "expected"),
        [
            ("Title", 1, "# Title"),
            ("# Title\ntext", 3, "### Title\ntext"),
            ("####   Title", 2, "## Title"),
            ("", 1, "# "),
            ("#", 2, "## "),
            ("#\ntext", 2, "## \ntext"),
            ("text\n# not this", 6, "###### text\n# not this"),
        ],
    )
    def test_the_first_line_becomes_a_heading_of_that_level(
        self, source: str, level: int, expected: str
    ) -> None:
        assert heading(prose(source), level).source == expected

    def test_a_code_cell_becomes_markdown(self) -> None:
        cell = heading(ran("# load data"), 2)
        assert (cell.kind, cell.source, cell.outputs) == (CellKind.MARKDOWN, "## load data", ())

    @pytest.mark.parametrize("level", [0, 7])
    def test_markdown_has_six_levels(self, level: int) -> None:
        with pytest.raises(ValueError, match="level"):
            heading(prose("x"), level)


@settings(max_examples=50)
@given(st.data())
def test_split_and_merged_again_a_cell_has_its_words_and_its_kind(data: st.DataObject) -> None:
    notebook = data.draw(notebooks(min_cells=1))
    index = data.draw(st.integers(0, len(notebook.cells) - 1))
    cell = notebook.cells[index]
    offset = data.draw(st.integers(0, len(cell.source)))
    steps = split_cell(notebook, cell.key, [offset])
    assert isinstance(steps[1], ChangeText)
    split, _ = apply_all(notebook, steps)
    merged, _ = apply_all(split, merge_cells(split, index, 2))
    assert len(merged.cells) == len(notebook.cells)
    assert merged.cells[index].source.split() == cell.source.split() or not _at_word_edge(cell.source, offset)
    assert merged.cells[index].kind is cell.kind


def _at_word_edge(source: str, offset: int) -> bool:
    around = source[max(offset - 1, 0) : offset + 1]
    return len(around) < 2 or any(character.isspace() for character in around)
