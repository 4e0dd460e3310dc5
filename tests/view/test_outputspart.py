"""Outputs as rows behind a rule, and how they fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.outputs import ErrorOutput, Output, Stream
from kernelbridge.streamtext import StreamText
from kernelbridge.widgets.models import WidgetModels
from tracebacks import INSTALLED
from tui.render.canvas import Canvas
from tui.render.rowops import text_row
from tui.view.outputspart import Fold, OutputsPart
from viewing import png, stream, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.render.outputs import Pending
    from tui.render.rows import Row


class Bench:
    """A part, what it asked to be painted, and how often it said that it changed."""

    def __init__(self, width: int = 40, fold_above: int = 6) -> None:
        self.asked: list[tuple[Pending, Callable[[Sequence[Row]], None]]] = []
        self.changes = 0
        self.part = OutputsPart(
            Canvas(width), fold_above, WidgetModels(), lambda *asked: self.asked.append(asked), self._changed
        )

    def _changed(self) -> None:
        self.changes += 1

    def show(self, *outputs: Output, fold: Fold = Fold.LONG, column: int | None = None) -> list[str]:
        self.part.update(outputs, fold, 0, column)
        return texts_of(self.rows())

    def rows(self) -> list[Row]:
        return [self.part.row(index) for index in range(self.part.height)]


def numbers(count: int) -> str:
    return "".join(f"{number}\n" for number in range(count))


def test_without_outputs_there_are_no_rows() -> None:
    assert Bench().show() == []
    assert Bench().show(fold=Fold.HIDDEN) == []


def test_the_rule_tells_output_stderr_and_errors_apart_without_colours() -> None:
    error = ErrorOutput("E", "no", ("E: no",))
    assert Bench().show(stream("out\n"), stream("err\n", "stderr"), error) == ["┊ out", "╎ err", "┃ E: no"]


def test_outputs_wrap_at_the_width_less_the_rule() -> None:
    assert Bench(8).show(stream("abcdefghi\n")) == ["┊ abcdef", "┊ ghi"]


def test_as_many_rows_as_are_shown_do_not_fold() -> None:
    assert len(Bench().show(stream(numbers(6)))) == 6
    assert not any("more" in row for row in Bench().show(stream(numbers(6))))


def test_a_long_output_shows_head_count_and_tail() -> None:
    bench = Bench()
    expected = ["┊ 0", "┊ 1", "┊ 2", "┊ … 9,995 more rows · o opens", "┊ 9998", "┊ 9999"]
    assert bench.show(stream(numbers(10_000))) == expected
    assert [bench.part.is_fold_row(row) for row in range(6)] == [False, False, False, True, False, False]
    assert bench.part.has_long


def test_each_output_folds_by_itself() -> None:
    shown = Bench().show(stream(numbers(3)), stream(numbers(9), "stderr"))
    assert len(shown) == 3 + 6
    assert shown[6] == "╎ … 4 more rows · o opens"


def test_a_picture_is_never_cut_whatever_stands_above_it() -> None:
    bench = Bench()
    for turn, height in (
        (0, 16),
        (2, 17),
    ):  # the picture, and the same below a row that says which type it is
        bench.part.update([png(40, 40)], Fold.LONG, turn)
        assert bench.part.height == height
        pending, painted = bench.asked.pop()
        painted(pending.draw())
        assert bench.part.height == height
        assert not bench.part.has_long


def test_open_shows_every_row() -> None:
    bench = Bench()
    assert bench.show(stream(numbers(9)), fold=Fold.OPEN) == [f"┊ {number}" for number in range(9)]
    assert not any(bench.part.is_fold_row(row) for row in range(9))


def test_hidden_is_one_row_that_says_how_much() -> None:
    bench = Bench()
    assert bench.show(stream(numbers(9)), fold=Fold.HIDDEN) == ["┊ … 1 output, 9 rows · o shows"]
    assert bench.part.is_fold_row(0)
    two = bench.show(stream(numbers(1)), stream(numbers(2), "stderr"), fold=Fold.HIDDEN)
    assert two == ["┊ … 2 outputs, 3 rows · o shows"]


def test_rows_of_an_output_that_stays_keep_their_identity() -> None:
    bench = Bench()
    first = stream("one\ntwo\n")
    bench.show(first)
    before = bench.rows()
    bench.show(first, stream("more\n", "stderr"))
    assert all(row is old for row, old in zip(bench.rows(), before, strict=False))


def test_a_stream_that_grows_keeps_the_rows_that_it_had() -> None:
    bench = Bench()
    text = StreamText.of("one\ntwo\n")
    bench.show(Stream("stdout", text))
    before = bench.rows()
    assert bench.show(Stream("stdout", text.append("three\n"))) == ["┊ one", "┊ two", "┊ three"]
    assert all(row is old for row, old in zip(bench.rows(), before, strict=False))


def test_an_image_keeps_its_place_until_it_is_painted() -> None:
    bench = Bench()
    before = bench.show(png(8, 8), stream("below\n"))
    assert before[-1] == "┊ below"
    [(pending, ready)] = bench.asked
    ready(pending.draw())
    assert bench.changes == 1
    after = bench.rows()
    assert len(after) == len(before)
    assert (255, 0, 0) in {color for span in after[0] for color in (span.style.fg, span.style.bg)}


def test_what_is_painted_too_late_changes_nothing_that_is_shown() -> None:
    bench = Bench()
    bench.show(png(8, 8))
    [(pending, ready)] = bench.asked
    shown = bench.show(stream("instead\n"))
    ready(pending.draw())
    assert texts_of(bench.rows()) == shown == ["┊ instead"]


def test_an_image_that_stays_is_painted_once() -> None:
    bench = Bench()
    image = png(8, 8)
    bench.show(image)
    bench.show(image, stream("more\n"))
    assert len(bench.asked) == 1


def test_a_long_stream_that_grows_while_it_is_laid_out_is_laid_out_once() -> None:
    bench = Bench()
    text = StreamText.of("").append(numbers(400_000))
    bench.show(Stream("stdout", text))
    bench.show(Stream("stdout", text.append("more\n")))
    [(pending, ready)] = bench.asked
    ready(pending.draw())
    assert texts_of(bench.rows())[-2:] == ["┊ 399999", "┊ more"]
    assert bench.show(Stream("stdout", text.append("more\nyet more\n")))[-1] == "┊ yet more"
    assert len(bench.asked) == 1


def test_another_long_stream_in_the_place_of_one_being_laid_out_is_laid_out_itself() -> None:
    bench = Bench()
    bench.show(stream(numbers(400_000)))
    bench.show(stream(numbers(500_000)))
    first, second = bench.asked
    for pending, ready in (second, first):
        ready(pending.draw())
    assert texts_of(bench.rows())[-1] == "┊ 499999"


def test_lines_that_are_left_whole_are_shown_from_a_column_on_with_marks_where_they_are_cut() -> None:
    bench, text = Bench(12), stream("0123456789abcdef\nshort\n\n")

    assert bench.show(text, column=0) == ["┊ 012345678›", "┊ short", "┊"]
    assert bench.show(text, column=3) == ["┊ ‹456789ab›", "┊ ‹t", "┊"]
    assert bench.part.furthest_column == 6
    assert bench.show(text, column=6) == ["┊ ‹789abcdef", "┊ ‹", "┊"]
    assert bench.show(text) == ["┊ 0123456789", "┊ abcdef", "┊ short", "┊"]


def test_only_printed_lines_are_left_whole() -> None:
    bench, picture = Bench(30), png(8, 4)
    bench.show(picture, stream("x" * 38))
    (_, painted), *_ = bench.asked
    painted([text_row("as it was")])

    assert bench.show(picture, stream("x" * 38), column=10) == ["┊ as it was", "┊ ‹" + "x" * 27]
    assert len(bench.asked) == 1


def test_a_traceback_folds_and_is_left_whole_too() -> None:
    lines = Bench(40, fold_above=30).show(INSTALLED, column=0)

    assert "┃ … 3 frames in pandas, numpy · o shows" in lines
    assert "┃ File /home/me/.venv/lib/python3.12/si›" in lines
