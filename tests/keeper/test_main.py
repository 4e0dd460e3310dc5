"""What surrounds the core, where it goes wrong."""

from __future__ import annotations

import importlib.util
import io
import signal
import site
import subprocess
import sys

import pytest

from keeper.keepers import ROOT, reach
from kernelbridge.keeper import main, starting
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.homes import new_home
from kernelbridge.keeper.order import Order


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"home": "/", "socket_fd": 1}',
        b'{"home": "/", "socket_fd": 1, "lock_fd": "2"}',
    ],
)
def test_without_an_order_nothing_is_done(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    with pytest.raises(HomeError, match="without an order"):
        main.main()


def test_an_order_comes_through_as_it_was() -> None:
    order = Order("/h\udcff", 3, 4, {"kind": "named", "name": "é"})
    assert Order.from_json(order.to_json()) == order
    assert Order.from_json(Order("/", 3, 4).to_json()).launch is None


def test_what_the_core_raises_is_in_the_log(state: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        starting,
        "_ENTRY",
        "from kernelbridge.keeper.main import main\n"
        "async def serve(order): raise OSError('so sad')\n"
        "main(serve)",
    )
    home = new_home().path
    assert reach(home).hear() is None
    assert starting.last_words(home)[-1] == "OSError: so sad"


def test_what_the_user_installed_is_seen_only_where_zmq_is_not_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(site, "getusersitepackages", lambda: "/the/users")
    main._find_zmq()
    assert "/the/users" not in sys.path
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    main._find_zmq()
    assert sys.path[-1] == "/the/users"


def test_the_kernel_inherits_no_ignored_signal() -> None:
    program = (
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "import signal, subprocess\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from kernelbridge.keeper import main; main._let_go_of_the_starter()\n"
        "subprocess.run(['grep', '-E', 'SigIgn|SigBlk', '/proc/self/status'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    masks = [int(line.split()[1], 16) for line in done.stdout.splitlines()]
    unwanted = sum(1 << (number - 1) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM))
    assert [mask & unwanted for mask in masks] == [0, 0]
