"""Reaching a notebook's kernel says why it cannot, and never just fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kept import state_of_own
from kernelbridge.state import Missing
from tui.kernellaunch import launch_local
from tui.options import DefaultKernel


@pytest.fixture
def state() -> Iterator[Path]:
    with state_of_own() as folder:
        yield folder


def test_a_state_folder_that_cannot_be_used_is_the_reason_why_there_is_no_kernel(
    state: Path, tmp_path: Path
) -> None:
    state.mkdir()
    (state / "keepers").write_text("in the way")
    launched = launch_local(DefaultKernel(), {}, tmp_path / "a.ipynb")
    assert isinstance(launched, Missing)
    assert launched.hint == f"{state}/keepers is not a folder"
