"""Every action of the list, in every mode and on every kind of cell: it can be done, closed and undone."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.worker import WorkerCancelled

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import Fail, FakeKernel, Step, Wait, prints, shows
from kernelbridge.keeper.jsontypes import JsonObject
from openednotebook import Opened, notebook, see
from tui.actions import ACTIONS, Mode
from tui.document.notebook import Notebook
from tui.kernelreach import Reached
from tui.keymap import Keymap
from tui.screens.notebook.handlers import HANDLERS
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
TABLE = "<table><tr><th>n</th></tr><tr><td>1</td></tr></table>"
ENDS = ("app.quit", "file.close")
"""What may end the program, and so comes last."""
LONGEST_WAY_OUT = 8
"""Escapes that lead from whatever an action opens back to the notebook."""
MOST_STEPS = 10
"""Steps that one action makes, at most."""


def bundle(data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def result(count: int, data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": count}


def error() -> dict[str, Any]:
    return {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": ["ValueError: bad"]}


def all_kinds(path: Path) -> Path:
    """A notebook with every kind of cell and of output."""
    printed = "\n".join(f"line {number}" for number in range(60))
    outputs = [
        bundle({"text/html": TABLE, "text/plain": "n\n1"}),
        bundle({"image/png": PNG, "text/plain": "<picture>"}),
        bundle({"application/json": {"a": [1, 2]}, "text/plain": "{'a': [1, 2]}"}),
        bundle({"text/latex": "$x^2$"}),
        bundle({"text/markdown": "**bold**"}),
        result(3, {"text/plain": "[1, 2, 3]"}),
    ]
    raw: dict[str, Any] = {"cell_type": "raw", "metadata": {}, "source": ["as it is"]}
    return notebooks.write(
        path,
        notebooks.markdown("# Title\n\n[down](#part) [web](https://a.example/b)"),
        notebooks.code("import this\nprint('much')", printed, 2),
        notebooks.markdown("## Part\n\ntext"),
        {**notebooks.code("show()", count=3), "outputs": outputs},
        {**notebooks.code("fail()", count=4), "outputs": [error()]},
        raw,
        notebooks.code(""),
    )


PATIENCE = 10.0
CELLS = {"markdown": 0, "code": 1, "outputs": 3, "error": 4, "raw": 5, "empty": 6}
SCRIPT: Mapping[str, Sequence[Step]] = {
    "import this\nprint('much')": [prints("a line\n")],
    "show()": [shows({"text/plain": "[1, 2, 3]"})],
    "fail()": [Fail("ValueError", "bad")],
}
COMPLETION: JsonObject = {"status": "ok", "matches": [], "cursor_start": 0, "cursor_end": 0, "metadata": {}}


def kernel() -> FakeKernel:
    found: JsonObject = {"status": "ok", "found": False, "data": {}, "metadata": {}}
    answers = {"complete_request": COMPLETION, "inspect_request": found}
    return FakeKernel(SCRIPT, answers)


def edited(book: Notebook) -> list[tuple[object, ...]]:
    """Of a notebook, what edits change and runs do not."""
    return [(cell.key, cell.kind, cell.source, cell.metadata, cell.id) for cell in book.cells]


async def back_to_notebook(opened: Opened, screen: NotebookScreen) -> None:
    """Close whatever was opened, and answer no question."""
    app, _ = opened
    for _ in range(LONGEST_WAY_OUT):
        with suppress(WorkerCancelled):  # another of its group took its place
            await asyncio.wait_for(app.workers.wait_for_complete(), PATIENCE)  # pyright: ignore[reportUnknownMemberType] - a bare Worker
        await let_messages_pass()
        if app.screen is screen and screen.asked is None:
            return
        app.pass_on(events.Key("escape", None))
    pytest.fail(f"nothing leads out of {app.screen}")


async def let_messages_pass() -> None:
    """A few turns of the loop; what takes longer is met at the next action, or at the end."""
    for _ in range(5):
        await asyncio.sleep(0)


def undo_all(screen: NotebookScreen) -> None:
    steps = 0
    while screen.controller.document.can_undo:
        screen.perform("edit.undo")
        steps += 1
        assert steps < MOST_STEPS


def stand_on(screen: NotebookScreen, index: int, mode: Mode) -> None:
    screen.focus_cell(screen.notebook.cells[index].key)
    screen.set_editing(editing=mode is Mode.EDIT)


def test_every_action_can_be_done_and_nothing_else_can() -> None:
    assert set(HANDLERS) == {action.id for action in ACTIONS}


def test_no_two_actions_want_the_same_keys() -> None:
    assert Keymap.default().problems == ()


@pytest.mark.parametrize("index", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("mode", Mode)
async def test_every_action_is_done_closed_and_undone(
    mode: Mode, index: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    path = all_kinds(tmp_path / "all.ipynb")
    way = FakeWay(kernel())
    async with notebook(path, Reached(way, SCRIPTED, ("python3",))) as opened:
        await see(opened, "idle", "Title")
        screen = opened[0].screen
        assert isinstance(screen, NotebookScreen)
        first = edited(screen.notebook)
        for action in sorted(ACTIONS, key=lambda each: each.id in ENDS):
            stand_on(screen, index, mode)
            screen.perform(action.id)
            await let_messages_pass()
            if action.id in ENDS and not opened[0].is_running:
                return
            await back_to_notebook(opened, screen)
            undo_all(screen)
            assert edited(screen.notebook) == first, action.id


async def test_every_action_can_be_done_while_a_cell_runs_and_while_it_asks(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("work"), notebooks.markdown("# Title"))
    waiting = FakeKernel({"work": [prints("begun\n"), Wait()]}, {"debug_request": {"success": False}})
    async with notebook(path, Reached(FakeWay(waiting), SCRIPTED, ("python3",))) as opened:
        await see(opened, "idle")
        screen = opened[0].screen
        assert isinstance(screen, NotebookScreen)
        first = edited(screen.notebook)
        for action in ACTIONS:
            if action.id in ENDS:
                continue
            stand_on(screen, 0, Mode.COMMAND)
            screen.perform("run.all")
            screen.perform(action.id)
            await back_to_notebook(opened, screen)
            screen.perform("kernel.interrupt")
            undo_all(screen)
            assert edited(screen.notebook) == first, action.id
