"""The notebooks of the benchmark: markdown, code and outputs, with marks on the screen to wait for.

FIRSTMARK is in the first cell and LASTMARK in the last. The second cell floods when it is run, the third
prints OUTMARK, and the fourth is the one that is typed in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from e2e.notebooks import code, markdown, write

FLOOD_CELL, MARK_CELL, TYPING_CELL = 1, 2, 3
"""Where the cells with a purpose are, counted from 0."""

_PROSE = """\
## Section {0}

Some *emphasis*, `code` and a [link](https://example.org/{0}).

- first point
- second point with **bold** text

| a | b |
|---|---|
| 1 | 2 |
"""
_FUNCTION = """\
def function_{0}(value, scale=1.0):
    \"\"\"Scale a value.\"\"\"
    return sum(value * scale * k for k in range({0}))

function_{0}({0})"""
_PRINTED = "".join(f"epoch {k:3d} loss {1 / (k + 1):.4f} \x1b[32mok\x1b[0m\n" for k in range(8))


def bench_notebook(path: Path, cells: int, flood: int = 0, typing_lines: int = 20) -> Path:
    """Write a notebook of `cells` cells, at least 6, whose fourth has `typing_lines` lines."""
    body: list[dict[str, Any]] = [
        markdown("# FIRSTMARK\n\nA notebook."),
        code(f"for i in range({flood}):\n    print('line', i)\nprint('FLOOD' + 'DONE')"),
        code("print('OUT' + 'MARK')"),
        code("\n".join(f"value_{k} = function({k}, 'text')  # note" for k in range(typing_lines))),
    ]
    body += [_filler(index) for index in range(len(body), cells - 1)]
    return write(path, *body, markdown("LASTMARK is the end."))


def big_notebook(path: Path, cells: int) -> Path:
    """Write a notebook whose cells have 10 kB of output each, one character of them beyond the BMP."""
    body: list[dict[str, Any]] = [markdown("# FIRSTMARK \U0001f600"), code("print()"), code("print()")]
    body.append(code("\n".join(f"value_{k} = function({k}, 'text')  # note" for k in range(20))))
    for index in range(len(body), cells - 1):
        printed = "".join(
            f"epoch {k:3d} loss {index / (k + 1):12.6f} \u2713 of cell {index}\n" for k in range(250)
        )
        body.append(code(_FUNCTION.format(index), printed=printed, count=index))
    return write(path, *body, markdown("LASTMARK is the end."))


def _filler(index: int) -> dict[str, Any]:
    if index % 3 == 0:
        return markdown(_PROSE.format(index))
    return code(_FUNCTION.format(index), printed=_PRINTED, count=index)
