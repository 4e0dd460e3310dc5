"""Notebooks run by tnb, nbconvert and papermill, in turns, on one Python: which outputs, how fast, what diff.

python -m bench.headless [--rounds N] [--environment FOLDER] [--write ../docs/performance.md]

The two others and the libraries go into an environment of their own, which is made where it is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.report import put
from kept import state_of_own
from notebook_corpus import ROOT, corpus
from programs import tnb_command
from tui.files.notebookfile import given
from tui.headless.comparing import comparable
from tui.headless.ignoring import USUAL

NOTEBOOKS = (
    "Kaggle__learntools/notebooks__python__raw__tut_6.ipynb",
    "jupyter-widgets__ipywidgets/docs__source__examples__Widget_Events.ipynb",
    "jupyter-widgets__ipywidgets/docs__source__examples__Widget_Low_Level.ipynb",
    "jupyter__nbclient/tests__files__JupyterWidgets.ipynb",
    "jupyter__nbclient/tests__files__Skip_Exceptions_with_Cell_Tags.ipynb",
    "jupyter__nbclient/tests__files__Skip_Execution_with_Cell_Tag.ipynb",
    "jupyter__nbconvert/nbconvert__exporters__tests__files__pngmetadata.b23ed69.ipynb",
    "jupyter__nbconvert/tests__exporters__files__notebook_inject.ipynb",
    "jupyter__nbconvert/tests__exporters__files__rst_output.ipynb",
    "jupyter__nbdime/nbdime__tests__files__single_cell_nb--json_output_changed.ipynb",
    "jupyter__nbformat/nbformat__tests__test4custom.79e5689.ipynb",
    "jupyter__notebook/ui-tests__test__notebooks__autoscroll.ipynb",
    "jupyterlab__jupyterlab/galata__test__jupyterlab__notebooks__long_outputs.ipynb",
    "jupyterlab__jupyterlab/galata__test__jupyterlab__notebooks__search.ipynb",
    "kynan__nbstripout/tests__e2e_notebooks__test_max_size.ipynb",
    "kynan__nbstripout/tests__test_keep_output_tags.ipynb",
    "microsoft__vscode-jupyter/src__test__datascience__notebook__nbWithKernel.ipynb",
    "microsoft__vscode-jupyter/src__test__datascience__sub__test.ipynb",
    "nteract__papermill/binder__cli-simple__simple_output.ipynb",
    "nteract__papermill/papermill__tests__notebooks__result_no_exec.ipynb",
    "nteract__papermill/papermill__tests__notebooks__test_notebooknode_io.ipynb",
    "spatialaudio__nbsphinx/doc__allow-errors-per-cell.ipynb",
    "executablebooks__MyST-NB/tests__test_execute__test_custom_convert_auto.ipynb",
    "ipython__ipython/examples__IPython_Kernel__Custom_Display_Logic.447c34a.ipynb",
    "jupyter__notebook/binder__example.ipynb",
    "norvig__pytudes/ipynb__Sierpinski.ipynb",
    "jupyterlab__jupyterlab/galata__test__galata__notebooks__windowed_notebook.ipynb",
)
"""Those of the corpus that run with numpy, pandas and matplotlib, and without a network."""
PACKAGES = ("nbconvert", "papermill", "numpy", "pandas", "matplotlib", "ipykernel", "ipywidgets")
BEGIN, END = "<!-- headless: begin -->", "<!-- headless: end -->"
_PATIENCE = 120
_SHORT = 1.0
"""Seconds of tnb up to which a notebook is short."""
_TNB, _NBCONVERT, _PAPERMILL = "tnb run", "nbconvert", "papermill"

Command = Callable[[Path], list[str]]


@dataclass
class Result:
    """What became of one notebook."""

    name: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    diffs: dict[str, int] = field(default_factory=dict)
    """Lines that are gone or new, at a diff of the first round."""
    outputs: dict[str, list[list[list[str]]]] = field(default_factory=dict)
    """By program and round, those of each cell, as lines to be compared."""
    failed: dict[str, str] = field(default_factory=dict)

    def median(self, program: str) -> float | None:
        values = self.seconds.get(program)
        return statistics.median(values) if values else None

    def unlike(self, program: str) -> tuple[list[int], list[int]]:
        """The cells that differ from nbconvert's, and those that nbconvert itself gives anew each time."""
        theirs, ours = self.outputs.get(_NBCONVERT, []), self.outputs.get(program, [])
        if not theirs or not ours:
            return [], []
        count = min(map(len, (*theirs, *ours)))
        noise = [at for at in range(count) if any(each[at] != theirs[0][at] for each in theirs)]
        different = [at for at in range(count) if at not in noise and ours[0][at] != theirs[0][at]]
        return different, noise


def main() -> None:
    """Run them all, and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv-bench")
    parser.add_argument("--only", help="of the notebooks, those with this in their name")
    parser.add_argument("--write", type=Path, metavar="DOCUMENT", help="where to put the table")
    said = parser.parse_args()
    python = made(said.environment.absolute())
    wanted = {name: data for name, data in corpus() if name in NOTEBOOKS and (said.only or "") in name}
    results: list[Result] = []
    with state_of_own(), contextlib.suppress(KeyboardInterrupt):  # then what there is so far
        for name in sorted(wanted, key=NOTEBOOKS.index):
            result = measure(name, wanted[name], commands(python), said.rounds)
            results.append(result)
    text = report(results, python, said.rounds)
    print(text)
    if said.write:
        put(said.write, text, BEGIN, END)


def made(environment: Path) -> Path:
    """The Python of the environment, with everything in it compiled as an installer leaves it."""
    python = environment / "bin" / "python"
    if python.exists():
        return python
    uv = shutil.which("uv")
    if uv:
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, environment], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", python, *PACKAGES], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([python, "-m", "compileall", "-q", environment / "lib"], check=False, env=compiling)
    return python


def commands(python: Path) -> Mapping[str, Command]:
    """What runs a notebook in place, by program: all with the kernel of the same Python."""
    beside = python.parent
    return {
        _TNB: lambda path: [*tnb_command(), "run", "-q", "--python", str(python), str(path)],
        _NBCONVERT: lambda path: [
            *(str(beside / "jupyter"), "nbconvert", "--to", "notebook", "--execute", "--inplace"),
            *("--ExecutePreprocessor.kernel_name=python3", str(path)),
        ],
        _PAPERMILL: lambda path: [
            *(str(beside / "papermill"), "-k", "python3", "--no-progress-bar", "--cwd", str(path.parent)),
            *(str(path), str(path)),
        ],
    }


def measure(name: str, data: bytes, programs: Mapping[str, Command], rounds: int) -> Result:
    """Run one notebook by each program in turn, so that a busy machine is as busy for all of them."""
    result = Result(name)
    for _ in range(rounds):
        for program, command in programs.items():
            if program in result.failed:
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "notebook.ipynb"
                path.write_bytes(data)
                began = time.perf_counter()
                why = failure(command(path), folder)
                seconds = time.perf_counter() - began
                if why is not None:
                    result.failed[program] = why
                    print(f"{name}: {program} failed: {result.failed[program]}", file=sys.stderr)
                    continue
                after = path.read_bytes()
            result.seconds.setdefault(program, []).append(seconds)
            result.diffs.setdefault(program, changed_lines(data, after))
            result.outputs.setdefault(program, []).append(cells_of(path, after))
        print(f"{name}: {result.seconds}", file=sys.stderr)
    return result


def failure(command: Sequence[str], folder: str) -> str | None:
    """Run it to its end; the last line of what it said where it failed, or did not come to its end."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return f"it did not end within {_PATIENCE} seconds"
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else None


def changed_lines(old: bytes, new: bytes) -> int:
    """How many lines are gone, and how many are new."""
    before, after = Counter(old.splitlines()), Counter(new.splitlines())
    return (before - after).total() + (after - before).total()


def cells_of(path: Path, data: bytes) -> list[list[str]]:
    """The outputs of each cell of the notebook's own: streams joined and settled, pictures to the byte."""
    cells = [cell for cell in given(path, data).notebook.cells if not _is_papermills(cell.metadata)]
    return [[*comparable(cell.outputs, USUAL), *pictures(cell.outputs)] for cell in cells]


def _is_papermills(metadata: Mapping[str, Any]) -> bool:
    return "papermill-error-cell-tag" in metadata.get("tags", ())


def pictures(outputs: Sequence[Any]) -> Iterator[str]:
    """Their data."""
    for output in outputs:
        for mime, data in getattr(output, "data", {}).items():
            if mime.startswith("image/"):
                yield data if isinstance(data, str) else json.dumps(data)


def report(results: Sequence[Result], python: Path, rounds: int) -> str:
    """All of it as Markdown."""
    rows = [
        f"| notebook | {_TNB}, s | {_NBCONVERT} | {_PAPERMILL} | outputs | diff, lines |",
        "| --- | ---: | ---: | ---: | --- | ---: |",
    ]
    rows += [_row(each) for each in results]
    return "\n".join([_circumstances(python, rounds), "", *rows, "", *_summary(results)])


def _row(result: Result) -> str:
    ours = result.median(_TNB)
    times = [_against(result.median(program), ours) for program in (_NBCONVERT, _PAPERMILL)]
    different, noise = result.unlike(_TNB)
    same = "the same" if not different else "differ in " + ", ".join(str(at + 1) for at in different)
    if noise:
        same += f" ({len(noise)} noisy)"
    diffs = " / ".join(str(result.diffs.get(each, "")) for each in (_TNB, _NBCONVERT, _PAPERMILL))
    shown = "failed" if ours is None else f"{ours:.2f}"
    return f"| {Path(result.name).stem} | {shown} | {' | '.join(times)} | {same} | {diffs} |"


def _against(theirs: float | None, ours: float | None) -> str:
    if theirs is None:
        return "failed"
    return f"{theirs:.2f}" if ours is None else f"{theirs:.2f} ({theirs / ours:.2f}x)"


def _summary(results: Sequence[Result]) -> Iterator[str]:
    for program in (_NBCONVERT, _PAPERMILL):
        for limit, of_what in (
            (float("inf"), ""),
            (_SHORT, f" that {_TNB} takes less than {_SHORT:g} s for"),
        ):
            ratios = [
                theirs / ours
                for each in results
                if (ours := each.median(_TNB)) is not None
                and ours < limit
                and (theirs := each.median(program)) is not None
            ]
            if ratios:
                yield (
                    f"- {program} takes {statistics.median(ratios):.2f} times as long (median of the "
                    f"{len(ratios)}{of_what}; from {min(ratios):.2f} to {max(ratios):.2f})."
                )
    same = sum(not each.unlike(_TNB)[0] and not {_TNB, _NBCONVERT} & each.failed.keys() for each in results)
    noisy = sum(len(each.unlike(_TNB)[1]) for each in results)
    yield (
        f"- {same} of {len(results)} have nbconvert's outputs; {noisy} cells are not compared, as nbconvert "
        "gives something else in them each time."
    )
    diffs = {program: sum(each.diffs.get(program, 0) for each in results) for program in _PROGRAMS}
    told = ", ".join(f"{program} {count:,}" for program, count in diffs.items())
    yield f"- Lines that a run changes, in all: {told}."


_PROGRAMS = (_TNB, _NBCONVERT, _PAPERMILL)


def _circumstances(python: Path, rounds: int) -> str:
    code = (
        "import sys; from importlib.metadata import version as v; "
        f"print(', '.join(f'{{n}} {{v(n)}}' for n in {PACKAGES!r}))"
    )
    versions = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    return f"{versions}; {time.strftime('%Y-%m-%d')}; medians of {rounds} rounds."


if __name__ == "__main__":
    main()
