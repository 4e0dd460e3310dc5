"""Dataclasses whose methods are written late are what they would be: each case in a Python of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lean.freshpython import printed

LATE = "from tui.lean.classes import write_methods_late; write_methods_late(); "
PROJECT = Path(__file__).parents[2]
PYTHONS = [f"python3.{minor}" for minor in range(11, 16)]
CLASSES = """
from __future__ import annotations
from dataclasses import FrozenInstanceError, dataclass, field, replace
import copy, pickle
import dataclasses
from dataclasses import KW_ONLY, InitVar
from typing import ClassVar

@dataclass
class Odd:
    count: ClassVar[int] = 0
    given: InitVar[int]
    _: KW_ONLY
    named: dataclasses.InitVar[str] = "named"
    Variance: int = 1
    def __post_init__(self, given, named):
        self.sum = given, named

@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)

@dataclass(frozen=True, slots=True)
class Named(Point):
    name: str = "n"

@dataclass(order=True)
class Plain:
    value: int
    def __post_init__(self):
        self.double = self.value * 2
"""


def shown(program: str, *, late: bool) -> str:
    return printed(CLASSES + program, LATE if late else "")


@pytest.mark.parametrize(
    "program",
    [
        "print(Point(1), Named(1, name='a'), Plain(3).double)",
        "print(Point(1) == Point(1), Point(1) == Point(2), Point(1) == Named(1), Named(1) == Named(1))",
        "one = Point(1); print(replace(one, y=5), copy.copy(one), one == pickle.loads(pickle.dumps(one)))",
        "print(sorted([Plain(2), Plain(1)]), Plain(1) < Plain(2), Plain(2) >= Plain(3))",
        "print(hash(Point(1, 2, ())) == hash(Point(1, 2, ())), Point.__hash__ is None, Plain.__hash__)",
        "try: Point()\nexcept TypeError as error: print(error)",
        "try: Point(1).x = 2\nexcept FrozenInstanceError as error: print(error)",
        "try: del Named(1).name\nexcept FrozenInstanceError as error: print(error)",
        "print(Odd(1, named='n').sum, Odd(1), [field.name for field in dataclasses.fields(Odd)])",
        "try: Odd(1, 2)\nexcept TypeError as error: print(error)",
        "match Named(1, 2, [], 'b'):\n    case Named(x, y, name=name): print(x, y, name)",
        "print(Point.__init__.__qualname__, Named.__eq__.__name__) if Named(1) == Named(1) else None",
    ],
)
def test_a_class_whose_methods_are_written_late_does_the_same(program: str) -> None:
    expected = shown(program, late=False)
    assert expected
    assert shown(program, late=True) == expected


def test_every_python_of_this_machine_makes_such_classes() -> None:
    """The system's may be older than the one that runs the tests: dataclasses changed within 3.11."""
    newest = "import sys; sys.exit(sys.version_info < (3, 11))"
    found = filter(None, (shutil.which(name) for name in ("python3", *PYTHONS, "/usr/bin/python3")))
    for python in {sys.executable, *found}:
        if subprocess.run([python, "-c", newest], stderr=subprocess.DEVNULL).returncode == 0:
            program = f"{LATE}exec({CLASSES + 'print(Named(1), Plain(1).__doc__)'!r})"
            done = subprocess.run([python, "-c", program], capture_output=True, text=True, cwd=PROJECT)
            assert done.stdout.startswith("Named(x=1, y=2, tags=[], name='n') Plain"), (python, done.stderr)


def test_who_needs_inspect_later_has_all_of_it() -> None:
    program = "import inspect; print(inspect.signature(Point), inspect.isawaitable(1))"
    assert "-> None" in shown("Point(1)\n" + program, late=True)
