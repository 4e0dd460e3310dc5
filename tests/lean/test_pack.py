"""The pack of a start's code: used while it is true, and as if it were not there otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LOADED = """
import sys
for name, module in sorted(sys.modules.items()):
    if name.startswith("tui."):
        path = list(getattr(module, "__path__", []))
        print(name, module.__file__, module.__cached__, module.__package__, path)
"""
MINE = "import mine; print(mine.VALUE, mine.of_pack()); "
HOW = "def of_pack(): return type(__spec__.loader).__name__ == '_PackedLoader'\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Python keeps its bytecode, and a module that it finds."""

    bytecode: Path
    modules: Path

    def write(self, text: str) -> None:
        (self.modules / "mine.py").write_text(HOW + text)

    def run(self, program: str, **environment: str) -> str:
        """What a Python prints that looks for a pack first."""
        done = self.run_plainly(f"from tui.lean.pack import *; use_pack(); {program}", **environment)
        return done.stdout.strip()

    def run_plainly(self, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"PYTHONPYCACHEPREFIX": str(self.bytecode), "PYTHONPATH": f"{self.modules}:{PROJECT}"}
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(
            [sys.executable, "-c", program],
            env={**inherited, **own, **environment},
            capture_output=True,
            text=True,
            check=True,
        )

    @property
    def packs(self) -> list[Path]:
        return list(self.bytecode.rglob("*.pack"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "bytecode", tmp_path / "modules")
    place.modules.mkdir()
    place.write("VALUE = 1")
    return place


def pack(place: Place) -> None:
    place.run("import mine, sys; write_pack(leave_pack())")
    assert len(place.packs) == 1


def test_a_packed_module_is_loaded_from_the_pack(place: Place) -> None:
    assert place.run(MINE) == "1 False"
    pack(place)
    assert place.run(MINE) == "1 True"


def test_a_start_that_is_packed_loads_what_it_loads_otherwise(place: Place) -> None:
    program = f"import tui.firstframe, tui.app; exec({LOADED!r})"
    plainly = place.run_plainly(f"import tui.lean.pack; {program}").stdout.strip()
    place.run("import tui.firstframe, tui.app; write_pack(leave_pack())")
    assert place.run(program) == plainly
    assert place.run("import tui.app, tui; print(tui.app.__spec__.loader)").startswith("<tui.lean.pack")


def test_a_source_that_was_changed_is_loaded_anew_and_packed_anew(place: Place) -> None:
    pack(place)
    place.write("VALUE = 1000")
    assert place.run(f"{MINE} print('mine' in leave_pack())") == "1000 False\nTrue"
    pack(place)
    assert place.run(f"{MINE} print(leave_pack())") == "1000 True\nfrozenset()"


def test_a_source_that_was_removed_is_gone(place: Place) -> None:
    pack(place)
    (place.modules / "mine.py").unlink()
    program = "try: import mine\nexcept ModuleNotFoundError as error: print(error)"
    assert place.run(f"exec({program!r})") == "No module named 'mine'"


def test_another_module_of_that_name_that_comes_first_is_found(place: Place, tmp_path: Path) -> None:
    pack(place)
    first = tmp_path / "first"
    first.mkdir()
    (first / "mine.py").write_text(f"{HOW}VALUE = 2")
    assert place.run(MINE, PYTHONPATH=f"{first}:{place.modules}:{PROJECT}") == "2 False"


def test_a_folder_of_modules_that_was_changed_is_looked_through_again(place: Place) -> None:
    pack(place)
    (place.modules / "mine").mkdir()
    (place.modules / "mine" / "__init__.py").write_text(f"{HOW}VALUE = 3")
    assert place.run(MINE) == "3 False"


@pytest.mark.parametrize("content", [b"", b"x", b"\xff" * 100, (1000).to_bytes(8, "little") + b"i"])
def test_what_is_no_pack_is_as_if_there_were_none(place: Place, content: bytes) -> None:
    pack(place)
    place.packs[0].write_bytes(content)
    assert place.run(f"{MINE} print('mine' in leave_pack())") == "1 False\nTrue"


def test_half_a_pack_loads_what_it_has(place: Place) -> None:
    pack(place)
    content = place.packs[0].read_bytes()
    place.packs[0].write_bytes(content[: int.from_bytes(content[:8], "little") + 8])
    assert place.run("import mine; print(mine.VALUE)") == "1"


def test_a_pack_whose_codes_are_damaged_is_packed_anew(place: Place) -> None:
    pack(place)
    content = place.packs[0].read_bytes()
    head = int.from_bytes(content[:8], "little") + 8
    place.packs[0].write_bytes(content[:head] + b"\xff" * (len(content) - head))
    assert place.run("import mine; print(mine.VALUE, 'mine' in leave_pack())") == "1 True"


def test_nothing_is_packed_where_python_may_keep_no_bytecode(place: Place) -> None:
    place.run("import mine; write_pack(leave_pack())", PYTHONDONTWRITEBYTECODE="1")
    assert place.packs == []


def test_where_nothing_can_be_written_nothing_is_said(place: Place) -> None:
    place.bytecode.write_text("a file")
    program = "from tui.lean.pack import *; use_pack(); import mine; write_pack(leave_pack())"
    done = place.run_plainly(program)
    assert (done.stdout, done.stderr) == ("", "")


def test_what_is_left_is_loaded_from_files_again(place: Place) -> None:
    pack(place)
    assert place.run(f"leave_pack(); {MINE}") == "1 False"


def test_what_was_packed_stays_packed_when_more_is_loaded(place: Place) -> None:
    (place.modules / "other.py").write_text("")
    pack(place)
    place.run("import other; write_pack(leave_pack())")
    assert place.run(MINE) == "1 True"
