"""Real notebooks of public repositories, where the project stands beside a folder of them, edited and saved.

`python tests/notebook_corpus.py` prints the table that `docs/reliability.md` quotes. No notebook of the
corpus is part of the project.
"""

from __future__ import annotations

import json
import random
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beside import SHARED
from notebook_edits import EDITS, changed_lines, comparable

ROOT = Path(__file__).parents[1]
ARCHIVE = SHARED / "corpus" / "open.tar.xz"


@dataclass
class Outcome:
    """What became of the files of a corpus."""

    files: int = 0
    editable: int = 0
    changed_without_edit: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Saved files that are not the old JSON with the edit in it."""
    lines: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """For each edit how many lines are gone from each file and how many are new to it, wherever they are."""
    one_line: int = 0
    """How many files changed by one line out and one in, in the same place, when one character changed."""
    not_one_line: dict[str, str] = field(default_factory=dict)
    """Files in which changing one character changed more than a line, and why."""
    unreadable: list[str] = field(default_factory=list)


def corpus() -> Iterator[tuple[str, bytes]]:
    """The corpus's notebooks by name."""
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".ipynb") else None
            if file is not None:
                yield member.name, file.read()


def examine() -> Outcome:
    """Open and save every file of the corpus, unedited and with each edit at a place its name decides."""
    from tui.files.errors import CannotRead
    from tui.files.notebookfile import read

    outcome = Outcome(lines={name: [] for name in EDITS})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notebook.ipynb"
        for name, data in corpus():
            outcome.files += 1
            path.write_bytes(data)
            try:
                file = read(path)
            except CannotRead:
                outcome.unreadable.append(name)
                continue
            if file.encode(file.notebook) != data:
                outcome.changed_without_edit.append(name)
            if file.read_only is not None:
                continue
            outcome.editable += 1
            document = json.loads(data)
            for edit, do in EDITS.items():
                edited = do(file.notebook, document, random.Random(f"{name} {edit}"))
                if edited is None:
                    continue
                saved = file.encode(edited.notebook)
                outcome.lines[edit].append(_gone_and_new(data, saved))
                if comparable(json.loads(saved)) != comparable(edited.document):
                    outcome.wrong.append(f"{name}: {edit}")
                if edit == "change a character":
                    lines = changed_lines(data, saved)
                    outcome.one_line += lines == (1, 1)
                    if lines != (1, 1):
                        outcome.not_one_line[name] = f"-{lines[0]} +{lines[1]}, {_reason(data)}"
    return outcome


def _gone_and_new(old: bytes, new: bytes) -> tuple[int, int]:
    before, after = Counter(old.split(b"\n")), Counter(new.split(b"\n"))
    return (before - after).total(), (after - before).total()


def _reason(data: bytes) -> str:
    """Why a change of one character can be no change of one line."""
    if data.count(b"\n") < 3:
        return "all of the file is on one line"
    sources = [cell.get("source") for cell in json.loads(data)["cells"]]
    if any(
        isinstance(line, str) and "\n" in line[:-1]
        for source in sources
        if isinstance(source, list)
        for line in source
    ):
        return "its sources are cut elsewhere than at lines"
    return "another reason"


def table(outcome: Outcome) -> str:
    """The outcome as Markdown."""
    total = outcome.files
    read = total - len(outcome.unreadable)
    rows = [
        "| edit | files | lines gone, median / max | lines new, median / max | reads as the document |",
        "| --- | --- | --- | --- | --- |",
        f"| none | {read} | 0 / 0 | 0 / 0 | the same bytes: {read - len(outcome.changed_without_edit)} |",
    ]
    for edit, counts in outcome.lines.items():
        gone, new = (sorted(column) for column in zip(*counts, strict=True))
        right = len(counts) - sum(line.endswith(f": {edit}") for line in outcome.wrong)
        middle = len(counts) // 2
        rows.append(
            f"| {edit} | {len(counts)} | {gone[middle]} / {gone[-1]} | {new[middle]} / {new[-1]} | {right} |"
        )
    changes = len(outcome.lines["change a character"])
    rows += [
        "",
        f"One character changed is one line out and one in for {outcome.one_line} of {changes} files.",
    ]
    rows += [f"- {name}: {reason}" for name, reason in outcome.not_one_line.items()]
    rows += [f"- not readable: {name}" for name in outcome.unreadable]
    return "\n".join(rows)


if __name__ == "__main__":
    print(table(examine()))
