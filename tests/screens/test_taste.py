"""Settings that are tried on the screen, and kept in `config.toml` when they are liked."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e import notebooks
from kernelbridge.state import Missing
from openednotebook import notebook, see, shown
from tui.config import Config, parse_config
from tui.files.configfile import write_settings
from tui.locations import config_file

NO_KERNEL = Missing("none", "", is_installed=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"), notebooks.code("two"))


async def test_a_theme_is_seen_at_once_and_kept_in_a_file_that_is_made_only_when_asked(path: Path) -> None:
    async with notebook(path, NO_KERNEL) as opened:
        app, pilot = opened
        await see(opened, "two")
        await pilot.press("g", "comma")
        await see(opened, "Settings", "cell_spacing", "‹ auto ›")
        await pilot.press("right", "right")
        await see(opened, "‹ light ›", "theme*")
        assert app.theme == "tnb-light"
        assert not config_file().exists()
        await pilot.press("s")
        await see(opened, "Make config.toml in /")
        await pilot.press("n", "s", "y")
        await see(opened, "kept in ")
        assert config_file().read_text() == 'theme = "light"\n'


async def test_the_notebook_takes_the_room_that_is_chosen(path: Path) -> None:
    async with notebook(path, NO_KERNEL) as opened:
        app, pilot = opened
        await see(opened, "two")
        await pilot.press("g", "comma")
        await see(opened, "Settings")
        await pilot.press("down", "left", "escape")
        await see(opened, "two")
        lines = [line.strip() for line in shown(app).splitlines()]
        one = next(at for at, line in enumerate(lines) if "] one" in line)
        assert "] two" in lines[one + 1]


def test_what_is_written_leaves_the_file_as_it_was_otherwise() -> None:
    file = config_file()
    file.parent.mkdir(parents=True)
    file.write_text('# mine\ntheme = "nord"  # best\n\n[keys]\n"run.all" = ["f5"]\n')
    write_settings({("theme",): "light", ("cell_spacing",): 0})
    text = file.read_text()
    assert text == '# mine\ntheme = "light"  # best\ncell_spacing = 0\n\n[keys]\n"run.all" = ["f5"]\n'
    assert parse_config(text, file) != Config()
