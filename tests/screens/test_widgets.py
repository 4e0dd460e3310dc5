"""Widgets in a notebook used by keys and the mouse, with a scripted kernel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import (
    Comms,
    FakeKernel,
    Say,
    Step,
    Wait,
    changes_widget,
    closes_widget,
    opens_widget,
    prints,
    shows_widget,
)
from kernelbridge.keeper.jsontypes import JsonObject, JsonValue
from kernelbridge.widgets.model import STATE_MIME, VIEW_MIME
from tui.app import TnbApp
from tui.config import Config
from tui.files.notebookfile import read
from tui.kernelreach import Reached
from tui.options import Options, WithoutKernel
from tui.screens.notebook.screen import NotebookScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

SLIDER = [
    opens_widget("s", "IntSliderModel", {"value": 5, "min": 0, "max": 10, "step": 1, "description": "x"}),
    shows_widget("s", "IntSlider(value=5)"),
]
FORM = [
    opens_widget("s", "IntSliderModel", {"value": 5, "min": 0, "max": 10, "description": "x"}),
    opens_widget("b", "ButtonModel", {"description": "Run"}),
    opens_widget("t", "TextModel", {"value": "Ada", "continuous_update": True}),
    opens_widget("v", "VBoxModel", {"children": ["IPY_MODEL_s", "IPY_MODEL_b", "IPY_MODEL_t"]}),
    shows_widget("v"),
]


def nothing(_content: JsonObject) -> Sequence[Say]:
    return ()


class Used:
    """An open notebook, and the kernel that it talks to."""

    def __init__(self, app: TnbApp, pilot: Pilot[None], kernel: FakeKernel, way: FakeWay) -> None:
        self.app = app
        self.pilot = pilot
        self.kernel = kernel
        self.way = way

    @property
    def shown(self) -> str:
        update = self.app.screen._compositor.render_update(
            full=True, screen_stack=self.app._background_screens
        )
        return "\n".join("".join(segment.text for strip in row for segment in strip) for row in update.strips)

    async def see(self, *texts: str) -> None:
        async with asyncio.timeout(10):
            while not all(text in self.shown for text in texts):
                await self.pilot.pause()

    async def run(self, *texts: str) -> None:
        """Run the cell, and wait until the texts are shown."""
        await self.see("idle")
        await self.pilot.press("ctrl+e")
        await self.see(*texts)

    def said(self) -> list[tuple[JsonValue, JsonValue]]:
        """What the kernel was told of widgets: of which, and the state or the event."""
        told: list[tuple[JsonValue, JsonValue]] = []
        for sent in self.kernel.sent:
            data = sent.request.content.get("data")
            if (
                sent.request.kind == "comm_msg"
                and isinstance(data, dict)
                and data["method"] != "request_states"
            ):
                told.append((sent.request.content["comm_id"], data.get("state") or data.get("content")))
        return told


@asynccontextmanager
async def opened(
    path: Path, script: Mapping[str, Sequence[Step]], comms: Comms = nothing
) -> AsyncIterator[Used]:
    kernel = FakeKernel(script, comms=comms)
    async with reached(path, kernel, FakeWay(kernel)) as used:
        yield used


@asynccontextmanager
async def reached(path: Path, kernel: FakeKernel, way: FakeWay) -> AsyncIterator[Used]:
    app = TnbApp(read(path), Options(config=Config()), lambda *_: Reached(way, SCRIPTED, ("python3",)))
    async with app.run_test(size=(80, 24)) as pilot:
        yield Used(app, pilot, kernel, way)


async def test_a_slider_is_moved_by_keys_and_the_kernel_is_told(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": SLIDER}) as used:
        await used.run("x ━━━━━━━━━━━━●─────────── 5")
        await used.pilot.press("w")
        await used.see("←→ move", "Esc leave")
        await used.pilot.press("right")
        await used.see("─ 6")
        await used.pilot.press("escape")
        await used.see("^R run")
        assert used.said() == [("s", {"value": 6})]


async def test_what_the_widget_prints_is_output_of_its_cell(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": FORM}, lambda _: [prints("it ran")]) as used:
        await used.run("[ Run ]")
        await used.pilot.press("w", "tab", "enter")
        await used.see("┊ it ran")
        assert used.said() == [("b", {"event": "click"})]


async def test_what_it_prints_after_saving_is_saved_the_next_time_and_not_brought_back(
    tmp_path: Path,
) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    kernel = FakeKernel({"show": FORM}, comms=lambda _: [prints("it ran")])
    way = FakeWay(kernel)
    async with reached(path, kernel, way) as used:
        await used.run("[ Run ]")
        await used.pilot.press("ctrl+s")
        await used.see("saved")
        await used.pilot.press("w", "tab", "enter")
        await used.see("┊ it ran", "a.ipynb ●")
        await used.pilot.press("escape", "ctrl+s")
        await used.see("saved")
        assert notebooks.printed(path, 0) == "it ran"
    async with reached(path, kernel, way) as used:
        await used.see("idle", "┊ it ran", "1/1")
        assert "●" not in used.shown.split("\n")[0]
        assert "it ranit ran" not in used.shown


async def test_tab_and_arrows_go_from_control_to_control_and_round(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": FORM}) as used:
        await used.run("[ Run ]")
        await used.pilot.press("w", "tab")
        await used.see("Space press")
        await used.pilot.press("down")
        await used.see("Enter sets it")
        await used.pilot.press("tab")
        await used.see("←→ move")
        await used.pilot.press("shift+tab")
        await used.see("Enter sets it")


async def test_text_is_typed_into_a_field_and_no_key_is_a_command_meanwhile(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": FORM}) as used:
        await used.run("[Ada")
        await used.pilot.press("w", "up", "b", "x", "space", "w")
        await used.see("[Adabx w")
        await used.pilot.press("escape")
        assert isinstance(used.app.screen, NotebookScreen)
        assert len(used.app.screen.notebook.cells) == 1
        await used.see("[Adabx w")


async def test_a_click_on_a_control_focuses_and_presses_it(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": FORM}) as used:
        await used.run("[ Run ]")
        lines = used.shown.split("\n")
        row = next(at for at, line in enumerate(lines) if "[ Run ]" in line)
        await used.pilot.click(offset=(lines[row].index("Run"), row))
        await used.see("Space press")
        assert used.said() == [("b", {"event": "click"})]
        await used.pilot.click(offset=(lines[row - 1].index("━"), row - 1))
        await used.see("←→ move", "x ●")
        assert used.said()[1:] == [("s", {"value": 0})]


async def test_what_is_changed_while_the_kernel_is_busy_waits_and_says_so(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"), notebooks.code("long"))
    async with opened(path, {"show": SLIDER, "long": [Wait()]}) as used:
        await used.run("─ 5")
        await used.pilot.press("j", "ctrl+e")
        await used.see("busy")
        await used.pilot.press("k", "w", "right", "right", "right")
        await used.see("─ 8", "waiting for the kernel, which is busy")
        used.kernel.go_on()
        await used.see("idle", "←→ move")
        async with asyncio.timeout(10):
            while len(used.said()) < 2:
                await used.pilot.pause()
        assert used.said() == [("s", {"value": 6}), ("s", {"value": 8})]


async def test_a_bar_moves_as_the_kernel_says_and_goes_when_it_is_closed(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("bar"))
    script: list[Step] = [
        opens_widget("p", "IntProgressModel", {"value": 0, "min": 0, "max": 4}),
        shows_widget("p"),
        Wait(),
        *(changes_widget("p", {"value": value}) for value in range(5)),
        Wait(),
        closes_widget("p"),
    ]
    async with opened(path, {"bar": script}) as used:
        await used.run("0% 0/4")
        used.kernel.go_on()
        await used.see("100% 4/4")
        used.kernel.go_on()
        async with asyncio.timeout(10):
            while "4/4" in used.shown:
                await used.pilot.pause()


async def test_a_kernel_that_ends_leaves_widgets_that_say_they_are_not_live(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("show"))
    async with opened(path, {"show": SLIDER}) as used:
        await used.run("─ 5")
        assert isinstance(used.app.screen, NotebookScreen)
        used.app.screen.perform("kernel.restart")
        await used.see("not live: the kernel that had this ended")
        await used.pilot.press("w")
        await used.see("no control that is live")


def stored(path: Path) -> Path:
    """A notebook whose metadata holds the state of the slider that it shows."""
    view: JsonObject = {"version_major": 2, "version_minor": 0, "model_id": "s"}
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {VIEW_MIME: view, "text/plain": "IntSlider()"},
    }
    notebooks.write(path, notebooks.code("show"))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["outputs"] = [output]
    state = {"s": {"model_name": "IntSliderModel", "state": {"value": 5, "max": 10, "description": "x"}}}
    content["metadata"]["widgets"] = {STATE_MIME: {"version_major": 2, "version_minor": 0, "state": state}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


async def test_the_state_that_a_notebook_stores_is_shown_without_a_kernel(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.ipynb")
    before = path.read_bytes()
    options = Options(config=Config(), kernel=WithoutKernel())
    app = TnbApp(read(path), options, lambda *_: None)  # type: ignore[arg-type,return-value]
    async with app.run_test(size=(80, 24)) as pilot:
        used = Used(app, pilot, FakeKernel(), FakeWay(FakeKernel()))
        await used.see("x ━━━━━━━━━━━━●─────────── 5", "not live: as the notebook stored it")
        await pilot.press("ctrl+s")
    assert path.read_bytes() == before


async def test_a_frontend_that_comes_after_the_run_was_saved_asks_the_kernel_for_its_widgets(
    tmp_path: Path,
) -> None:
    state = {"model_name": "IntSliderModel", "state": {"value": 7, "max": 10, "description": "x"}}

    def answer(content: JsonObject) -> Sequence[Say]:
        if content.get("data") != {"method": "request_states"}:
            return ()
        data: JsonObject = {"method": "update_states", "states": {"s": state}, "buffer_paths": []}
        return [Say("comm_msg", {"comm_id": content["comm_id"], "data": data})]

    path = stored(tmp_path / "a.ipynb")
    kernel = FakeKernel(comms=answer)
    way = FakeWay(kernel)
    async with reached(path, kernel, way) as used:
        await used.see("idle")
    async with reached(path, kernel, way) as used:
        await used.see("─ 7")
        await used.pilot.press("w", "left")
        await used.see("─ 6")
