"""Times letters while a completion of 2 s is under way, and letters where none is asked for, in turns.

python -m bench.completing [--write ../docs/performance.md]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.report import put
from bench.timedterminal import TimedTerminal
from e2e import keys, notebooks
from programs import isolated_environment, tnb_command

ROUNDS = 8
LETTERS = "abcdefghij"
_BETWEEN = 0.08
"""Seconds between two letters."""
BEGIN, END = "<!-- completing: begin -->", "<!-- completing: end -->"
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
        pressed = terminal.send(letter)
        times.append((terminal.wait_for(typed.replace(".", r"\."), 20) - pressed) * 1e3)
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
    off = "editor.complete_while_typing = false"
    with _writing(folder / "with", "") as completing, _writing(folder / "without", off) as plain:
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


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="DOCUMENT", help="where to put the table")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = table(*measure(Path(folder)))
    print(text)
    if said.write:
        put(said.write, text, BEGIN, END)


if __name__ == "__main__":
    main()
