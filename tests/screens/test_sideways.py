"""The keys that leave long lines whole and scroll them."""

from __future__ import annotations

from pathlib import Path

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import notebook, see, shown

NO_KERNEL = Missing("none", "", is_installed=False)
LONG = "begin" + "-" * 80 + "middle" + "-" * 80 + "end\n"


async def test_a_cells_lines_are_left_whole_scrolled_and_wrapped_again(tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one", LONG), notebooks.code("two", LONG))
    async with notebook(path, NO_KERNEL) as opened:
        app, pilot = opened
        await see(opened, "end")
        await pilot.press(">")
        await see(opened, "W leaves them whole")
        await pilot.press("W")
        await see(opened, "›", "begin", "long lines are left whole")
        assert shown(app).count("end") == 1, "of the other cell"
        await pilot.press(">", "shift+right", ">")
        await see(opened, "‹")
        assert shown(app).count("end") == 2
        await pilot.press("<", "<", "shift+left", "<")
        await see(opened, "›")
        await pilot.press("W")
        await see(opened, "long lines are wrapped")
        assert "›" not in shown(app)
