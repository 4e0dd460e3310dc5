"""How long streams take to become rows, beside `rich.text.Text.from_ansi`."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.text import Text

from kernelbridge.streamtext import StreamText
from tui.render.stream import StreamRows

WIDTH = 100
SCREEN = 50

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


def counted_and_drawn(text: StreamText) -> None:
    """What the view does: all rows counted, a screenful at the end drawn."""
    rows = StreamRows(text, WIDTH)
    len(rows)
    rows[-SCREEN:]


def growing(messages: int) -> None:
    """A stream that arrives message by message, its last screenful drawn after each."""
    text = StreamText.of("")
    rows = StreamRows(text, WIDTH)
    for step in range(messages):
        text = text.append(f"step {step}\n" * 10)
        rows = rows.extended(text)
        rows[-SCREEN:]


def main() -> None:
    """Prints one line a case: milliseconds of CPU time, and the ratio to rich where that comes to an end."""
    for name, raw in COMPARED.items():
        text = StreamText.of(raw)
        counting, drawing, rich = seconds(
            lambda text=text: counted_and_drawn(text),
            lambda text=text: list(StreamRows(text, WIDTH)),
            lambda raw=raw: Text.from_ansi(raw),
        )
        print(
            f"{name:30} counted {counting * 1e3:7.0f} ms ({counting / rich:.2f} of from_ansi),"
            f" every row drawn {drawing * 1e3:7.0f} ms ({drawing / rich:.2f}), from_ansi {rich * 1e3:.0f} ms"
        )
    for name, raw in ALONE.items():
        text = StreamText.of(raw)
        (taken,) = seconds(lambda text=text: counted_and_drawn(text), rounds=1)
        print(f"{name:30} counted {taken * 1e3:7.0f} ms")
    for messages in (1000, 2000, 4000):
        (taken,) = seconds(lambda messages=messages: growing(messages), rounds=1)
        print(f"{messages:5} messages of 10 lines      counted {taken * 1e3:7.0f} ms")


if __name__ == "__main__":
    main()
