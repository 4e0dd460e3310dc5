"""Running cells before there is a kernel to run them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from e2e import notebooks
from kernelbridge.fakekernel import prints
from openednotebook import see
from scriptedlaunch import scripted
from tui.app import TnbApp
from tui.files.notebookfile import read
from tui.options import Options

if TYPE_CHECKING:
    from tui.kernelreach import Launched


async def test_a_cell_that_is_deleted_before_its_kernel_is_there_costs_nothing(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("first"), notebooks.code("second"))
    may_start = threading.Event()

    def launch(*_: object) -> Launched:
        may_start.wait(30)
        return scripted({"second": [prints("it runs\n")]})

    app = TnbApp(read(path), Options(), launch, launch)
    async with app.run_test(size=(100, 24)) as pilot:
        opened = app, pilot
        await see(opened, "starting")
        await pilot.press("ctrl+e", "j", "ctrl+e", "k", "d", "d")
        await see(opened, "1/1")
        may_start.set()
        await see(opened, "it runs")
    assert app.faults == []
