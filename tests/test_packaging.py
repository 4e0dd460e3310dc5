"""What is installed: the wheel holds the two packages and the styles, and the lock serves everyone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PUBLIC = ("https://pypi.org/", "https://files.pythonhosted.org/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, program: str) -> str:
    """What `program` prints where the wheel's packages are the first to be found."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, env=environment, cwd=installed, capture_output=True, text=True, check=True
    ).stdout


def test_the_top_level_is_the_two_packages_and_nothing_else(names: set[str]) -> None:
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith((".dist-info", ".data"))} == {"tui", "kernelbridge"}


def test_the_manual_page_is_where_man_finds_it(names: set[str]) -> None:
    assert [name for name in names if name.endswith(".data/data/share/man/man1/tnb.1")] != []


def test_every_module_and_every_style_is_in(names: set[str]) -> None:
    sources = {
        str(path.relative_to(ROOT))
        for package in ("tui", "kernelbridge")
        for path in (ROOT / package).rglob("*.py")
    }
    styles = {f"tui/{path.relative_to(ROOT)}" for path in (ROOT / "styles").rglob("*.*")}
    assert styles
    assert sources | styles <= names


def test_types_are_said_to_be_there(names: set[str]) -> None:
    assert {"tui/py.typed", "kernelbridge/py.typed"} <= names


def test_both_commands_lead_to_the_front_door(installed: Path) -> None:
    points = next(installed.glob("*.dist-info/entry_points.txt")).read_text()
    assert re.findall(r"^([\w-]+) = tui\.cli:main$", points, re.MULTILINE) == ["jupyter-tnb", "tnb"]


def test_what_the_wheel_installs_runs(installed: Path) -> None:
    where = run_installed(installed, "import tui; print(tui.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    assert run_installed(installed, "import tui.cli; tui.cli.main(['--version'])").startswith("tnb ")


def test_jupyter_finds_it_as_a_command_of_its_own() -> None:
    command = [str(Path(sys.executable).with_name("jupyter")), "tnb", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"tnb {version('tnb')}\n"


def test_what_the_wheel_installs_finds_its_styles(installed: Path) -> None:
    shown = run_installed(installed, "from tui.theme import own_themes; print(len(list(own_themes())))")
    assert int(shown) == 2


def locked() -> list[dict[str, object]]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return [one for one in packages if one["name"] != "tnb"]


def test_the_lock_names_the_public_index_only() -> None:
    addresses = re.findall(r'(?:registry|url) = "([^"]*)"', (ROOT / "uv.lock").read_text())
    assert [one for one in addresses if not one.startswith(PUBLIC)] == []


def test_the_constraints_are_the_lock() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    constraints = {line.split(";")[0].strip() for line in lines}
    assert constraints == {f"{one['name']}=={one['version']}" for one in locked()}


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["dev"], *groups["kernels"]]
    wanted.remove({"include-group": "kernels"})
    names = {re.split(r"[\[<>=;]", one)[0].strip() for one in wanted}
    assert names <= {one["name"] for one in locked()}
