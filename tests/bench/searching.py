"""How long it takes to look for words in a notebook with 100 MB of outputs.

python -m bench.searching [--write ../docs/performance.md]
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.benchnotebooks import big_notebook
from bench.report import report
from tui.document.query import Query
from tui.files.notebookfile import read
from tui.screens.find.hunt import hunt

if TYPE_CHECKING:
    from tui.document.notebook import Notebook

BEGIN, END = "<!-- searching: begin -->", "<!-- searching: end -->"
CELLS = 10_000
_ROUNDS = 5
WORDS = {
    "zebra": "a letter of it is in no output",
    "feepoch": "all its letters are in every output",
    "elloss": "so they are, and some have others beyond ASCII that are the same without case",
    "Epoch 249": "in every output once, in small letters",
    "epoch": "the first 100,000, which are the most that are found",
}


async def _count(notebook: Notebook, query: Query) -> int:
    return sum([len(portion) async for portion in hunt(notebook, query)])


def _milliseconds(notebook: Notebook, query: Query) -> tuple[float, int]:
    """The median of some rounds of processor time, and how often it is found."""
    times: list[float] = []
    found = 0
    for _ in range(_ROUNDS):
        began = time.process_time()
        found = asyncio.run(_count(notebook, query))
        times.append((time.process_time() - began) * 1e3)
    return statistics.median(times), found


def table() -> str:
    """The figures as a markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        path = big_notebook(Path(folder) / "big.ipynb", CELLS)
        size = path.stat().st_size / 1e6
        notebook = read(path).notebook
    lines = [
        f"{CELLS:,} cells, {size:.0f} MB; processor time in ms, medians of {_ROUNDS} rounds, "
        f"{time.strftime('%Y-%m-%d')}.",
        "",
        "| looked for in all of it | | with its case | without | found |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for word, what in WORDS.items():
        cased, _ = _milliseconds(notebook, Query(word, match_case=True, in_outputs=True))
        caseless, found = _milliseconds(notebook, Query(word, in_outputs=True))
        lines.append(f"| {word} | {what} | {cased:.0f} | {caseless:.0f} | {found:,} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the table."""
    report(__doc__, table, BEGIN, END)


if __name__ == "__main__":
    main()
