"""Times letters while a completion of 2 s is under way, and letters where none is asked for, in turns.

Counts what a key of code sends, too, where completions come while one types and where none do.

python -m bench.completing [--write ../docs/performance.md]
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.report import report
from bench.timedterminal import TimedTerminal, milliseconds_to
from e2e import keys, notebooks
from programs import isolated_environment, tnb_command

ROUNDS = 8
LETTERS = "abcdefghij"
_BETWEEN = 0.08
"""Seconds between two letters."""
CODE = """import collections
counts = collections.Counter(slow)
for name, value in counts.items():
print(name, value, sorted(counts))
values = [value * 2 for value in range(10) if value != len(counts)]
"""
_PACE = 0.15
"""Seconds from one key of code to the next: so fast do people type who type well."""
BEGIN, END = "<!-- completing: begin -->", "<!-- completing: end -->"
_OFF = "editor.complete_while_typing = false"
SLOW = """import pathlib, time
class Slow:
    def __dir__(self):
        pathlib.Path("began").touch()
        time.sleep(2)
        pathlib.Path("ended").touch()
        return ["abcdefghijk"]
slow = Slow()"""


def _letters(terminal: TimedTerminal, typed: str) -> list[float]:
    """Milliseconds from each of the letters, typed one by one, until it is shown."""
    times: list[float] = []
    for letter in LETTERS:
        typed += letter
        times.append(milliseconds_to(terminal, letter, re.escape(typed), 20))
        rest = time.monotonic() + _BETWEEN
        while (left := rest - time.monotonic()) > 0:
            terminal.read(left)
    return times


@contextmanager
def _writing(folder: Path, config: str) -> Iterator[TimedTerminal]:
    """tnb at an empty cell, with an object in the kernel whose completions take 2 s."""
    folder.mkdir()
    path = notebooks.write(folder / "a.ipynb", notebooks.code(SLOW), notebooks.code(""))
    (folder / "config.toml").write_text(config)
    environment = isolated_environment(folder) | {"TNB_CONFIG": str(folder / "config.toml")}
    with TimedTerminal([*tnb_command(), path], env=environment, cwd=folder) as terminal:
        terminal.wait_for("idle", 30)
        terminal.send(keys.CTRL_R)
        terminal.wait_for("✓", 30)
        terminal.send(keys.ENTER)
        terminal.wait_quiet(0.5)
        yield terminal
        terminal.send(keys.ESCAPE + "00r" + keys.CTRL_Q)
        terminal.wait_quiet(1.0)


def _turn(terminal: TimedTerminal) -> list[float]:
    """The letters of a line that is then deleted again."""
    terminal.send("slow.")
    terminal.wait_for(r"slow\.")
    terminal.draw_for(0.5)
    times = _letters(terminal, "slow.")
    terminal.send(keys.CTRL_U)
    return times


def measure(folder: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of letters with a completion under way, and of letters with none."""
    meanwhile: list[float] = []
    alone: list[float] = []
    began, ended = folder / "with" / "began", folder / "with" / "ended"
    with _writing(folder / "with", "") as completing, _writing(folder / "without", _OFF) as plain:
        for turn in range(ROUNDS + 1):
            without = _turn(plain)
            during = _turn(completing)
            if not began.exists() or ended.exists():
                raise RuntimeError("the letters were typed with no completion under way")
            completing.wait_until(ended.exists, "the end of the completion")
            completing.wait_quiet(3.0)
            began.unlink()
            ended.unlink()
            if turn:  # the first completion loads what completes
                meanwhile += during
                alone += without
    return meanwhile, alone


def _sent(terminal: TimedTerminal) -> list[int]:
    """The bytes that each key of some code sends."""
    sent: list[int] = []
    for letter in CODE:
        before = len(terminal.raw)
        terminal.send(keys.ENTER if letter == "\n" else letter)
        terminal.draw_for(_PACE)
        sent.append(len(terminal.raw) - before)
    return sent


def measure_bytes(folder: Path) -> tuple[list[int], list[int]]:
    """Bytes of keys with completions, and without."""
    with _writing(folder / "listing", "") as completing:
        listing = _sent(completing)
    with _writing(folder / "plain", _OFF) as plain:
        return listing, _sent(plain)


def bytes_table(listing: list[int], plain: list[int]) -> str:
    """The figures as a markdown table."""
    rows = [
        f"{len(plain)} keys of code, one each {_PACE} s, on a screen of 80 by 24.",
        "",
        "| a key, bytes | no completions | completions while one types |",
        "| --- | ---: | ---: |",
    ]
    for name, of in (("median", statistics.median), ("mean", statistics.fmean)):
        rows.append(f"| {name} | {of(plain):.0f} | {of(listing):.0f} |")
    return "\n".join(rows)


def table(meanwhile: list[float], alone: list[float]) -> str:
    """The figures as a markdown table."""
    rows = [
        f"{len(alone)} letters each way, {len(LETTERS)} at a turn, {time.strftime('%Y-%m-%d')}.",
        "",
        "| key to letter, ms | no completion | a completion of 2 s under way |",
        "| --- | ---: | ---: |",
    ]
    for name, of in (("median", statistics.median), ("mean", statistics.fmean), ("95th percentile", _p95)):
        one, other = of(alone), of(meanwhile)
        rows.append(f"| {name} | {one:.1f} | {other:.1f} ({other / one:.2f}x) |")
    return "\n".join(rows)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def measured() -> str:
    """Both tables."""
    with tempfile.TemporaryDirectory() as folder:
        return f"{table(*measure(Path(folder)))}\n\n{bytes_table(*measure_bytes(Path(folder)))}"


def main() -> None:
    """Measure, and write the tables."""
    report(__doc__, measured, BEGIN, END)


if __name__ == "__main__":
    main()
