"""What may be launched goes over the wire and back, and what is malformed is one clear line."""

from __future__ import annotations

import json
import sys

import pytest

from kernelbridge.keeper.errors import LaunchError
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.launches import (
    ExistingLaunch,
    InterruptMode,
    Launch,
    LocalLaunch,
    NamedLaunch,
    ServerLaunch,
    launch_from_json,
)
from kernelbridge.keeper.local.kernelspecs import resolve


@pytest.mark.parametrize(
    "launch",
    [
        LocalLaunch(
            "r", ("/bin/R", "{connection_file}"), {"A": "b"}, InterruptMode.MESSAGE, "/x", "/y", "R", "r"
        ),
        LocalLaunch("python3", ("python",), environment="ml", debugger=True),
        NamedLaunch("julia-1.10", "/home"),
        ExistingLaunch("/run/kernel-1.json"),
        ServerLaunch("https://x/", "secret", "python3", "", "a.ipynb"),
    ],
)
def test_what_is_written_is_read_again(launch: Launch) -> None:
    assert launch_from_json(json.loads(json.dumps(launch.to_json()))) == launch


def test_a_token_is_never_shown() -> None:
    assert "secret" not in repr(ServerLaunch("https://x/", "secret"))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "teapot"},
        {"kind": "local"},
        {"kind": "local", "argv": []},
        {"kind": "local", "argv": "sh"},
        {"kind": "local", "argv": ["sh", 1]},
        {"kind": "local", "argv": ["sh"], "env": []},
        {"kind": "local", "argv": ["sh"], "env": {"A": 1}},
        {"kind": "local", "argv": ["sh"], "interrupt_mode": "shout"},
        {"kind": "local", "argv": ["sh"], "cwd": 5},
        {"kind": "local", "argv": ["sh"], "cwd": "a\0b"},
        {"kind": "named", "name": []},
        {"kind": "existing"},
        {"kind": "server", "token": "t"},
    ],
)
def test_what_is_malformed_is_refused(fields: JsonObject) -> None:
    with pytest.raises(LaunchError):
        launch_from_json(fields)


@pytest.mark.parametrize("name", ["", "python3", "Python3"])
def test_without_a_name_it_is_the_ipykernel_of_the_keeper_s_own_python(name: str) -> None:
    launch = resolve(NamedLaunch(name, "/work"))
    assert (launch.argv[:3], launch.cwd) == ((sys.executable, "-m", "ipykernel_launcher"), "/work")


@pytest.mark.parametrize("name", ["gone", "../x", "a b"])
def test_a_name_that_is_not_installed_says_what_is(name: str) -> None:
    with pytest.raises(LaunchError, match=r"installed: .*python3"):
        resolve(NamedLaunch(name))
