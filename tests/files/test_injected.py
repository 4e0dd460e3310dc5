"""Every system call of a save failed once, and the process killed at each: by strace, in the real system.

`make soak` (TNB_TESTS_LONG) takes all calls with all faults; `make test` a part of them, another every day.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from notebook_styles import canonical, code, notebook
from programs import leave_out, require_program
from tui.document.notebook import Notebook
from tui.files.notebookfile import read
from tui.files.recovery import DamagedRecoveryError, decode

pytestmark = pytest.mark.timeout(3600)

ALL: Final = bool(os.environ.get("TNB_TESTS_LONG"))
SHARE: Final = 64
"""One of so many faults is tried where not all are."""
FAULTS: Final = (
    *(f"error={name}" for name in ("ENOSPC", "EDQUOT", "EIO", "EINTR", "ESTALE", "EOPNOTSUPP")),
    "signal=KILL",
)
OF_MEMORY: Final = frozenset(
    ("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "futex", "getrandom", "exit_group")
)
"""Calls of the interpreter's own."""
OLD: Final = canonical(notebook([code("old = 1", id="a")])).encode()
NEW: Final = OLD.replace(b"old = 1", b"new = 22")
NOBODY: Final = 65534

SAVING: Final = """
import os, sys, time
from dataclasses import replace
from pathlib import Path
from tui.files.errors import CannotSave
from tui.files.notebookfile import read, save
from tui.files.recovery import encode
from tui.files.recoveryfolder import RecoveryFile, this_process

folder, user = Path(sys.argv[1]), int(sys.argv[2])

def opened(name):
    file = read(folder / name / "notebook.ipynb")
    edited = file.notebook.with_cell(0, replace(file.notebook.cells[0], source="new = 22"))
    RecoveryFile(file.place.identity).write(encode(file, edited, this_process(), time.time()))
    return file, edited

state = os.environ["XDG_STATE_HOME"]
os.environ["XDG_STATE_HOME"] = str(folder / "warm")
save(*opened("other"))  # all that is imported late is there from here on
os.environ["XDG_STATE_HOME"] = state
if user != os.geteuid():
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
file, edited = opened("in")
os.path.lexists("/the save begins")
try:
    saved = save(file, edited)
    told = f"saved {saved.warning or ''}"
except CannotSave as error:
    told = f"failed {error}"
os.path.lexists("/the save is over")
print(told, flush=True)
"""


def _plain(path: Path) -> None:
    path.write_bytes(OLD)


def _linked(path: Path) -> None:
    (path.parent / "real").mkdir()
    (path.parent / "real" / "notebook.ipynb").write_bytes(OLD)
    (path.parent / "link").symlink_to("real/notebook.ipynb")
    path.symlink_to(path.parent / "link")


def _hard_linked(path: Path) -> None:
    path.write_bytes(OLD)
    path.with_name("hard.ipynb").hardlink_to(path)


def _in_unwritable_folder(path: Path) -> None:
    path.write_bytes(OLD)
    path.parent.chmod(0o555)


LAYOUTS: Final[dict[str, Callable[[Path], None]]] = {
    "plain": _plain,
    "symbolic links": _linked,
    "hard link": _hard_linked,
    "unwritable folder": _in_unwritable_folder,
}


@dataclass(frozen=True)
class Fault:
    """What happens at one call of the save."""

    call: str
    nth: int
    """Counted from the start of the process, as strace does."""
    what: str


class Place:
    """A folder of an ordinary user with a notebook to be saved in it."""

    def __init__(self, folder: Path, make: Callable[[Path], None]) -> None:
        self.folder = folder
        self.user = os.geteuid() or NOBODY
        self.path = folder / "in" / "notebook.ipynb"
        for name in ("in", "state", "other"):
            (folder / name).mkdir(parents=True)
        (folder / "other" / "notebook.ipynb").write_bytes(OLD)
        make(self.path)
        for each in (folder, *folder.rglob("*")):
            os.chown(each, self.user, -1, follow_symlinks=False)

    def save(self, *tracing: str) -> subprocess.CompletedProcess[str]:
        command = ["strace", "-qq", "-o", str(self.folder / "trace"), *tracing]
        return subprocess.run(
            [*command, sys.executable, "-c", SAVING, str(self.folder), str(self.user)],
            env={**os.environ, "XDG_STATE_HOME": str(self.folder / "state"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def spares(self) -> dict[Path, bytes]:
        """Copies beside the file and in the folder for rescue, whole or not."""
        return {each: each.read_bytes() for each in self.folder.rglob(".tnb-*.tmp")}

    def recovered(self) -> Notebook | None:
        """What the next start would offer; None where the file cannot be read."""
        (kept,) = (self.folder / "state" / "tnb" / "recovery").glob("*.json")
        try:
            return decode(kept.read_text()).laid_over(read(self.path))
        except (OSError, DamagedRecoveryError):
            return None


@pytest.fixture
def anyones_folder() -> Iterator[Path]:
    """One that ordinary users can reach."""
    require_program("strace")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def calls_of_a_save(place: Place) -> list[tuple[str, int]]:
    """Each system call of a save: its name, and how many of that name the process had made with it."""
    done = place.save()
    if done.returncode != 0:
        leave_out(f"strace does not work here: {done.stderr}")
    assert done.stdout.startswith("saved"), done.stdout
    counts: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    inside = False
    for line in (place.folder / "trace").read_text(errors="replace").splitlines():
        name = re.match(r"\w+(?=\()", line)
        if name is None:
            continue
        counts[name[0]] += 1
        if "/the save is over" in line:
            return found
        if inside and name[0] not in OF_MEMORY and not name[0].startswith("rt_sig"):
            found.append((name[0], counts[name[0]]))
        inside = inside or "/the save begins" in line
    raise AssertionError("the save was not seen")


def chosen(calls: list[tuple[str, int]], layout: int) -> list[Fault]:
    """All faults, or those that are today's."""
    faults = [Fault(call, nth, what) for (call, nth), what in itertools.product(calls, FAULTS)]
    return faults if ALL else faults[(datetime.now(UTC).toordinal() + layout) % SHARE :: SHARE]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_save_that_is_failed_or_killed_anywhere_lies_to_nobody_and_loses_nothing(
    layout: str, anyones_folder: Path
) -> None:
    make = LAYOUTS[layout]
    calls = calls_of_a_save(Place(anyones_folder / "seen", make))
    assert {"fsync", "write", "openat"} <= {call for call, _ in calls}
    for number, fault in enumerate(chosen(calls, list(LAYOUTS).index(layout))):
        place = Place(anyones_folder / str(number), make)
        done = place.save(
            "-e", f"trace={fault.call}", "-e", f"inject={fault.call}:{fault.what}:when={fault.nth}"
        )
        held, spares = place.path.read_bytes(), place.spares
        is_whole = held in (OLD, NEW)
        if fault.what == "signal=KILL":
            assert done.returncode != 0, fault
            assert is_whole or NEW in spares.values(), fault
        elif done.stdout.startswith("saved"):
            assert held == NEW, fault
            assert spares == {} or fault.call.startswith("unlink"), fault
        else:
            assert done.stdout.startswith("failed"), (fault, done.stderr)
            assert is_whole or any(str(each) in done.stdout for each in spares), (fault, done.stdout)
        recovered = place.recovered()
        assert recovered is not None or not is_whole, fault
        assert recovered is None or recovered.cells[0].source == "new = 22", fault
        place.path.parent.chmod(0o755)
