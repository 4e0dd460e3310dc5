"""How long streams take to become rows, beside `rich.text.Text.from_ansi` on the same text in the same run.

python -m bench.streams [--write ../docs/performance.md]
"""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.text import Text

from bench.report import report
from kernelbridge.streamtext import StreamText
from tui.render.stream import StreamRows

WIDTH = 100
SCREEN = 50
BEGIN, END = "<!-- streams: begin -->", "<!-- streams: end -->"

_COLOURED = (
    "\x1b[31mERROR\x1b[0m \x1b[1;38;5;208mmodule.sub\x1b[0m: some message with text 0123456789 and more\n"
)
COMPARED = {
    "200,000 lines": "line number with text\n" * 200_000,
    "1 MB of coloured text": (_COLOURED * 20_000)[:1_000_000],
}
ALONE = {
    "5 MB in one line": "x" * 5_000_000,
    "1 MB, coloured, in one line": (_COLOURED * 20_000)[:1_000_000].replace("\n", " "),
    "1 MB of Chinese": ("漢字かな交じり文の行である。" * 3 + "\n") * 25_000,
    "300,000 times ESC ]": "\x1b]" * 300_000,
    "300,000 times ESC [": "\x1b[" * 300_000,
    "1,000,000 carriage returns": "".join(f"\r{step:7d}|" + "#" * (step % 60) for step in range(1_000_000)),
    "200,000 coloured ones": "".join(f"\r\x1b[32m{'#' * (step % 60)}\x1b[0m" for step in range(200_000)),
}


def seconds(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """The shortest of some rounds of each work, done in turns so that a busy moment hits all."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            start = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - start)
    return best


def counted_and_drawn(raw: str) -> None:
    """What the view does: all rows counted, a screenful at the end drawn."""
    rows = StreamRows(StreamText.of(raw), WIDTH)
    len(rows)
    rows[-SCREEN:]


def every_row(raw: str) -> None:
    """From the text to all of its rows, ready to be drawn."""
    list(StreamRows(StreamText.of(raw), WIDTH))


def growing(messages: int) -> None:
    """A stream that arrives message by message, its last screenful drawn after each."""
    text = StreamText.of("")
    rows = StreamRows(text, WIDTH)
    for step in range(messages):
        text = text.append(f"step {step}\n" * 10)
        rows = rows.extended(text)
        rows[-SCREEN:]


def table() -> str:
    """The figures as a markdown table."""
    lines = [
        f"Processor time in ms, shortest of five rounds, {WIDTH} cells wide, {time.strftime('%Y-%m-%d')}.",
        "",
        "| text | counted, its end drawn | every row | from_ansi |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, raw in COMPARED.items():
        counting, drawing, rich = seconds(
            lambda raw=raw: counted_and_drawn(raw),
            lambda raw=raw: every_row(raw),
            lambda raw=raw: Text.from_ansi(raw),
        )
        lines.append(f"| {name} | {_beside(counting, rich)} | {_beside(drawing, rich)} | {rich * 1e3:.0f} |")
    for name, raw in ALONE.items():
        (taken,) = seconds(lambda raw=raw: counted_and_drawn(raw), rounds=1)
        lines.append(f"| {name} | {taken * 1e3:.0f} | | |")
    for messages in (1000, 2000, 4000):
        (taken,) = seconds(lambda messages=messages: growing(messages), rounds=1)
        lines.append(f"| {messages:,} messages of 10 lines, drawn after each | {taken * 1e3:.0f} | | |")
    return "\n".join(lines)


def _beside(taken: float, rich: float) -> str:
    return f"{taken * 1e3:.0f} ({taken / rich:.2f}x)"


def main() -> None:
    """Measure, and write the table."""
    report(__doc__, table, BEGIN, END)


if __name__ == "__main__":
    main()
