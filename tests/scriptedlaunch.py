"""A kernel that follows a script, as it is reached for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernelbridge.fakekeeper import SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Script
from tui.kernelreach import Reached

if TYPE_CHECKING:
    from tui.kernelreach import Launched


def scripted(script: Script) -> Launched:
    """Reached already."""
    return Reached(FakeWay(FakeKernel(script)), SCRIPTED, ("python3",))
