"""How a kernel that runs was started can be read in its keeper's home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kept import KeptKernel, python, state_of_own
from kernelbridge.keeper.home.homes import new_home
from kernelbridge.keeper.home.meta import write_meta
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.launchnow import launch_of


@pytest.mark.kernel
async def test_one_of_this_machine_is_the_launch_that_was_asked_for(tmp_path: Path) -> None:
    with state_of_own():
        kept = await KeptKernel(tmp_path / "a.ipynb").ready()
        assert launch_of(kept.home) == python().launch(str(tmp_path))
        assert kept.session.identity.display_name == python().display_name
        await kept.end()


def test_one_on_a_server_is_known_by_its_id_and_a_joined_one_or_none_by_nothing(tmp_path: Path) -> None:
    def launch(resume: JsonObject) -> object:
        home = new_home(None, tmp_path)
        write_meta(home.path, replace(home.meta, kernel={"name": "ir", "resume": resume}))
        return launch_of(home.path)

    server: JsonObject = {"kind": "server", "url": "https://lab", "name": "ir", "kernel_id": "8b1f"}
    assert launch(server) == ServerLaunch("https://lab", name="ir", kernel_id="8b1f")
    assert launch({"kind": "existing", "connection_file": "/k.json"}) is None
    assert launch({}) is None
    assert launch_of(tmp_path / "nothing") is None
