"""Notebooks for the end-to-end tests, spelled as Jupyter spells them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PYTHON = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def markdown(source: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def code(source: str = "", printed: str | None = None, count: int | None = None) -> dict[str, Any]:
    """A code cell, with what it printed."""
    outputs = (
        [] if printed is None else [{"name": "stdout", "output_type": "stream", "text": _lines(printed)}]
    )
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": outputs,
        "source": _lines(source),
    }


def write(path: Path, *cells: dict[str, Any], kernelspec: dict[str, str] = PYTHON) -> Path:
    """A notebook of those cells at `path`, format 4.5."""
    content = {
        "cells": [{**cell, "id": f"cell-{index}"} for index, cell in enumerate(cells)],
        "metadata": {"kernelspec": kernelspec, "language_info": {"name": kernelspec["language"]}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(
        json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def sources(path: Path) -> list[str]:
    """The sources of the cells of a saved notebook."""
    return ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]


def printed(path: Path, cell: int) -> str:
    """What is saved as printed by a cell."""
    outputs = json.loads(path.read_text(encoding="utf-8"))["cells"][cell]["outputs"]
    return "".join("".join(one["text"]) for one in outputs if one["output_type"] == "stream")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
