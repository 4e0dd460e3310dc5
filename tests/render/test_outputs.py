import base64
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import (
    DisplayData,
    ErrorOutput,
    ExecuteResult,
    JsonValue,
    Output,
    Stream,
    UnknownOutput,
)
from kernelbridge.streamtext import StreamText
from tui.render.canvas import Canvas
from tui.render.drawing import Drawing, Pending
from tui.render.foreign import OPENING
from tui.render.outputs import draw_output
from tui.render.rowops import plain, row_width
from tui.render.rows import Role, Row
from tui.render.stream import StreamRows

WIDTH = 72
CANVAS = Canvas(WIDTH)
RULE = "\x1b[31m" + "-" * 75 + "\x1b[39m"
NOTHING = ", nothing to show without a browser"
HEADING = "\x1b[31mZeroDivisionError\x1b[39m" + "Traceback (most recent call last)".rjust(58)


def drawn(output: Output, width: int = WIDTH) -> list[Row]:
    drawing: Drawing = draw_output(output, Canvas(width))
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def texts(output: Output, width: int = WIDTH) -> list[str]:
    return [plain(row) for row in drawn(output, width)]


def displayed(**data: JsonValue) -> DisplayData:
    """A bundle; `text_plain` stands for `text/plain`."""
    return DisplayData({name.replace("_", "/", 1): value for name, value in data.items()})


def test_a_stream_that_grew_goes_on_from_its_earlier_drawing() -> None:
    text = StreamText.of("").append("one\n")
    before = draw_output(Stream("stdout", text), CANVAS)
    after = draw_output(Stream("stdout", text.append("two\n")), CANVAS, previous=before)

    assert isinstance(after, StreamRows)
    assert [plain(row) for row in after] == ["one", "two"]


def test_a_stream_is_wrapped_anew_at_another_width() -> None:
    stream = Stream("stdout", StreamText.of("abcdef"))

    narrow = draw_output(stream, Canvas(3), previous=draw_output(stream, CANVAS))
    assert isinstance(narrow, StreamRows)
    assert [plain(row) for row in narrow] == ["abc", "def"]


@pytest.mark.parametrize(
    ("output", "rows"),
    [
        (ExecuteResult({"text/plain": "42"}), ["42"]),
        (displayed(text_plain="one\ntwo"), ["one", "two"]),
        (displayed(text_html="<b>bold</b>", text_plain="bold"), ["bold"]),
        (displayed(text_html="<p>a<td>b", text_plain="a b"), ["ab"]),
        (displayed(text_html="<script>x</script><div></div>", text_plain="Figure(1)"), ["Figure(1)"]),
        (displayed(text_html="<b>", text_plain="<IPython.core.display.HTML object>"), [f"text/html · 3 B{NOTHING}"]),  # noqa: E501
        (displayed(text_plain="<IPython.core.display.HTML object>"), ["<IPython.core.display.HTML object>"]),
        (displayed(text_latex="$x^2$", text_plain="x**2"), ["x²"]),
        (displayed(text_latex=r"\begin{tabular}{l}a\end{tabular}", text_plain="a"), ["a"]),
        (displayed(text_latex="$P(x)=2x$, $x > 0$"), ["P(x) = 2x, x > 0"]),
        (
            displayed(text_latex=r"$\cancel{x}$"),
            [r"Shown as its source: \cancel is not known here.", r"$\cancel{x}$"],
        ),
        (displayed(text_latex="$x^2$", text_plain="<IPython.core.display.Math object>"), ["x²"]),
        (
            DisplayData({"image/bmp": "AAAA" * 1_000, "text/plain": "<Figure>"}),
            ["image/bmp · 3 kB, not drawn yet", "<Figure>"],
        ),
        (DisplayData({"application/pdf": "AAAA" * 1_000_000}), [f"PDF document · 3.0 MB · {OPENING}"]),
        (
            DisplayData({"application/vnd.plotly.v1+json": {}, "text/plain": "Figure()"}),
            ["application/vnd.plotly.v1+json · a Plotly figure without traces", "Figure()"],
        ),
        (
            DisplayData({"application/javascript": "x()", "application/vnd.bokehjs_exec.v0+json": ""}),
            ["Bokeh chart · e opens or saves it"],
        ),
        (DisplayData({"application/javascript": "x()"}), ["JavaScript · 3 B · e opens or saves it"]),
        (DisplayData({"audio/wav": "AAAA", "text/plain": "beep"}), [f"sound (wav) · 3 B · {OPENING}"]),
        (DisplayData({"application/vnd.anything.v6.json": {"a": 1}}), ["{", '  "a": 1', "}"]),
        (DisplayData({"application/geo+json": [1], "text/plain": "<GeoJSON>"}), ["[1]"]),
        (DisplayData({}), []),
        (UnknownOutput({"output_type": "hologram"}), ["unknown output type 'hologram'"]),
        (UnknownOutput([1, 2]), ["unknown output type (it names none)"]),
    ],
)  # fmt: skip
def test_the_richest_type_that_can_be_drawn_is(output: Output, rows: list[str]) -> None:
    assert texts(output) == rows


@pytest.mark.parametrize("data", [5, None, {}, ["x"], True])
def test_what_is_not_of_its_type_costs_one_row_and_the_rest_is_drawn(data: JsonValue) -> None:
    assert texts(displayed(image_png=data, text_plain="<Figure>")) == [
        "image/png · its data is not text",
        "<Figure>",
    ]
    assert texts(displayed(text_plain=data)) == ["text/plain · its data is not text"]


def test_a_type_is_as_hostile_as_any_text() -> None:
    assert texts(DisplayData({"\x1b]0;t\x07x/\u202ey\n": "1"})) == ["x/\ufffdy  · 0 B"]


def test_an_error_is_its_traceback_in_its_colours() -> None:
    rows = drawn(ErrorOutput("E", "v", ("\x1b[31mE\x1b[39m: v", "two\nlines")))

    assert [plain(row) for row in rows] == ["E: v", "two", "lines"]
    assert rows[0][0].style.fg == 1


def test_an_error_without_a_traceback_is_its_name_and_what_it_says() -> None:
    rows = drawn(ErrorOutput("ValueError", "bad\x1b[2J\nvalue", ()))

    assert [plain(row) for row in rows] == ["ValueError: bad", "value"]
    assert {span.style.role for row in rows for span in row} == {Role.ERROR}
    assert texts(ErrorOutput("KeyboardInterrupt", "", ())) == ["KeyboardInterrupt"]
    assert texts(ErrorOutput("", "", ("",))) == ["an error without a name"]


@pytest.mark.parametrize("width", [40, 72, 75, 120])
def test_ipythons_rule_and_heading_stay_in_one_row_each(width: int) -> None:
    rows = texts(ErrorOutput("ZeroDivisionError", "", (RULE, HEADING + "\nCell In[1], line 1")), width)

    assert rows[0] == "-" * min(width, 75)
    assert rows[-1] == "Cell In[1], line 1"
    assert len(rows) == 3 or width == 40


ANY = st.text(st.characters(exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=8,
)
TYPES = ANY | st.sampled_from(
    [
        "text/plain",
        "text/html",
        "text/latex",
        "image/png",
        "image/jpeg",
        "application/json",
        "image/svg+xml",
        "a/b+json",
    ]
)
OUTPUTS = st.one_of(
    st.builds(Stream, ANY, ANY.map(StreamText.of)),
    st.builds(DisplayData, st.dictionaries(TYPES, JSON, max_size=4)),
    st.builds(ErrorOutput, ANY, ANY, st.lists(ANY).map(tuple)),
    st.builds(UnknownOutput, JSON),
)


@given(OUTPUTS, st.integers(2, 100))
def test_any_output_gives_printable_rows_that_fit(output: Output, width: int) -> None:
    for row in drawn(output, width):
        assert row_width(row) <= width
        assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in plain(row))
        plain(row).encode()


@pytest.mark.timeout(10)
def test_a_text_of_five_megabytes_in_one_line_is_drawn_where_it_is_looked_at() -> None:
    drawing = draw_output(displayed(text_plain="x" * 5_000_000), Canvas(100))

    assert isinstance(drawing, Pending)
    rows = drawing.draw()
    assert len(rows) == 50_000
    assert plain(rows[-1]) == "x" * 100


def test_a_markdown_display_is_drawn_as_markdown() -> None:
    pytest.importorskip("tui.render.markdown")
    assert texts(displayed(text_markdown="**strong**", text_plain="<Markdown>")) == ["strong"]


def test_drawing_text_loads_neither_pillow_nor_a_markdown_parser() -> None:
    heavy = "PIL", "markdown_it", "textual"
    code = f"import sys, tui.render.outputs; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_base64_with_line_breaks_is_read() -> None:
    picture = base64.encodebytes(base64.b64decode(RED_PIXEL)).decode()

    assert plain(drawn(displayed(image_png=picture))[0]) == " "


RED_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


@pytest.mark.parametrize(
    "output",
    [
        Stream("stdout", StreamText.of("a line of text\n" * 200_000)),
        DisplayData({"text/plain": "a line of text\n" * 200_000}),
        ErrorOutput("E", "no", ("a line of text\n" * 200_000,)),
    ],
    ids=lambda output: type(output).__name__,
)
def test_very_long_text_shows_its_beginning_until_it_is_laid_out(output: Output) -> None:
    drawing = draw_output(output, Canvas(80))
    assert isinstance(drawing, Pending)
    shown = [plain(row) for row in drawing.placeholder]
    assert len(shown) < 40
    assert shown[0] == "a line of text"
    assert shown[-1] == "… 3.0 MB of text, being laid out"
    assert len(drawing.draw()) >= 200_000


def test_a_very_long_beginning_of_one_line_is_cut() -> None:
    drawing = draw_output(Stream("stdout", StreamText.of("x" * 2_000_000)), Canvas(80))
    assert isinstance(drawing, Pending)
    assert len(drawing.placeholder) < 40


def test_a_stream_that_grew_very_long_goes_on_from_the_rows_it_had() -> None:
    short = StreamText.of("a line\n")
    rows = draw_output(Stream("stdout", short), Canvas(80))
    grown = draw_output(Stream("stdout", short.append("more\n" * 500_000)), Canvas(80), previous=rows)
    assert isinstance(grown, StreamRows)


def test_asking_for_the_next_type_goes_through_all_of_them_and_ends_at_the_bundle_itself() -> None:
    output = displayed(text_markdown="**bold**", text_plain="plain text")

    def turned(turn: int) -> list[str]:
        drawing = draw_output(output, CANVAS, turn)
        return [plain(row) for row in (drawing.draw() if isinstance(drawing, Pending) else drawing)]

    assert turned(0) == ["bold"]
    assert turned(1) == ["text/plain · 2 of 3", "plain text"]
    assert turned(2)[0] == "as it is in the file · 3 of 3"
    assert '"text/markdown": "**bold**",' in turned(2)[2]
    assert turned(3) == ["text/markdown · 1 of 3", "bold"]
