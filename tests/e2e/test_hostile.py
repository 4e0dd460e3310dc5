"""Nothing that a file or a kernel says reaches the terminal raw, ends the program or keeps one in it."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent, SentWithBell
from e2e.hostiletexts import MIME_TYPES, ODD_VALUES, TEXTS, everywhere, write
from e2e.terminal import ALTERNATE_SCREEN, Terminal
from keeper.keepers import until

pytestmark = pytest.mark.e2e

ALL: Final = bool(os.environ.get("TNB_TESTS_LONG"))
"""Whether to open all files of a collection and not a sample."""
KERNEL: Final = Path(__file__).parents[1] / "kernels" / "hostile.py"
INFO: Final[dict[str, Any]] = {
    "status": "ok",
    "protocol_version": "5.4",
    "implementation": "hostile",
    "language_info": {"name": "json", "version": "1", "mimetype": "text/plain", "file_extension": ".json"},
    "banner": "",
}
EVERYTHING: Final = "".join(TEXTS[name] for name in TEXTS if name != "long")
MEMORY: Final = 300 << 20
"""Bytes that opening any of these may take."""

Install = Callable[..., dict[str, str]]


def take_apart(terminal: Terminal, kind: type[Sent] = Sent) -> Sent:
    """What was sent, which must all be tnb's own."""
    sent = kind(bytes(terminal.raw))
    assert sent.foreign == []
    return sent


def leave(terminal: Terminal, kind: type[Sent] = Sent) -> None:
    """Quit, discarding changes; the terminal must be as it was, and no process left."""
    terminal.send("\x1b[201~")
    for _ in range(3):
        terminal.send(keys.ESCAPE)
        terminal.draw_for(0.1)
    terminal.send(keys.CTRL_Q)
    terminal.wait_until(
        lambda: terminal.process.poll() is not None or "esc back" in terminal.text, "it to end"
    )
    terminal.send("d")
    terminal.wait_until(
        lambda: terminal.process.poll() is not None or "leave it running" in terminal.text, "it to end"
    )
    if terminal.process.poll() is None:
        terminal.send("i")
    assert terminal.wait_exit() == 0
    sent = take_apart(terminal, kind)
    assert sent.is_restored, sent.modes
    assert b"Traceback" not in bytes(terminal.raw).rpartition(b"\x1b[?1049l")[2]
    until(lambda: terminal.family() == [], "all processes to end, also those begun at the last moment")


def look_around(terminal: Terminal) -> None:
    """Page through, fold and unfold, edit, ask for help and commands."""
    everywhere_once = ["l", "o", "j", "o", "j", "o", "j", "o", "G", "gg", keys.PAGE_DOWN, keys.PAGE_DOWN, "G"]
    for key in [*everywhere_once, keys.ENTER, "x", keys.ESCAPE, "dd", "z", "m", "y", "?"]:
        terminal.send(key)
        terminal.draw_for(0.02)
    terminal.send(keys.ESCAPE)
    terminal.wait_quiet(0.1)
    assert terminal.process.poll() is None
    assert sum(one.memory_info().rss for one in terminal.family()) < MEMORY


def ends_with_a_line(terminal: Terminal) -> None:
    """It could not be read: one printable line, without a full screen."""
    assert terminal.wait_exit() == 1
    assert terminal.text.startswith("tnb: ")
    assert ALTERNATE_SCREEN not in terminal.raw
    assert terminal.raw.rstrip(b"\r\n").count(b"\n") == 0
    assert take_apart(terminal).is_restored


def is_shown(terminal: Terminal) -> bool:
    """Waits for the notebook, or for the end; which of them it is."""
    terminal.wait_until(
        lambda: terminal.process.poll() is not None or b"\x1b[>4;1m" in terminal.raw, "the notebook"
    )
    return terminal.process.poll() is None


# -- files ----


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_every_place_of_a_file_is_only_text(
    name: str, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = everywhere(tmp_path / "a.ipynb", TEXTS[name])
    before = path.read_bytes()
    terminal = open_notebook(path, "--no-kernel")
    look_around(terminal)
    leave(terminal)
    assert take_apart(terminal).links == [] or name == "links"
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"long", "lone surrogates"})[:: 1 if ALL else 3])
def test_a_name_of_a_file_is_only_text(name: str, open_tnb: OpenTnb, tmp_path: Path) -> None:
    safe = TEXTS[name].replace("/", "").replace("\0", "").encode()[:200].decode(errors="ignore")
    path = notebooks.write(tmp_path / f"{safe}.ipynb", notebooks.code("1"))
    terminal = open_tnb(path, "--no-kernel")
    terminal.wait_for("no kernel")
    terminal.send(f"{keys.ENTER}x{keys.ESCAPE}{keys.CTRL_S}")
    terminal.wait_for("saved")
    leave(terminal)
    assert notebooks.sources(path) == ["x1"]
    path.write_bytes(b"{")
    ends_with_a_line(open_tnb(path, "--no-kernel"))


def test_values_of_any_type_in_any_place_are_shown_or_refused(open_tnb: OpenTnb, tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "1", "outputs": []}
    output = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    for value in ODD_VALUES if ALL else ODD_VALUES[::3]:
        cells = [
            *({**cell, key: value} for key in cell),
            *({**cell, "outputs": [{**output, key: value}]} for key in output),
            *({**cell, "outputs": [{**output, "data": {mime: value}}]} for mime in MIME_TYPES),
        ]
        metadata = {"kernelspec": value, "language_info": {"name": value, "mimetype": value}, "title": value}
        path = write(tmp_path / "a.ipynb", cells, metadata)
        before = path.read_bytes()
        terminal = open_tnb(path, "--no-kernel")
        if is_shown(terminal):
            look_around(terminal)
            leave(terminal)
        else:
            ends_with_a_line(terminal)
        assert path.read_bytes() == before


# -- kernels ----


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Install the hostile kernel under a name; the environment in which it is found."""

    def installed(info: Any = INFO, name: str = "hostile", **changed: Any) -> dict[str, str]:
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        spec = {
            "argv": [sys.executable, str(KERNEL), "{connection_file}", json.dumps(info)],
            "display_name": EVERYTHING,
            "language": "json",
            **changed,
        }
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        return {"JUPYTER_PATH": str(tmp_path / "jupyter")}

    return installed


def program_of(path: Path, *programs: list[Any]) -> Path:
    """A notebook for the hostile kernel; its last cell prints that all is well."""
    well = [["iopub", "stream", {"name": "stdout", "text": "all is well"}]]
    cells = [notebooks.code(json.dumps(program)) for program in (*programs, well)]
    return notebooks.write(
        path, *cells, kernelspec={"name": "hostile", "display_name": "", "language": "json"}
    )


STREAMS: Final = [
    ["iopub", "stream", {"name": name, "text": EVERYTHING}] for name in ("stdout", "stderr", EVERYTHING, "")
]
ERRORS: Final = [
    ["iopub", "error", {"ename": EVERYTHING, "evalue": EVERYTHING, "traceback": traceback}]
    for traceback in ([EVERYTHING] * 2, EVERYTHING, [])
]
NO_MESSAGES: Final = [
    ["raw", "iopub", frames] for frames in (["6869"], ["", "3c4944537c4d53473e"], ["00"] * 9)
]
ODD_REPLY: Final = {"status": [], "execution_count": EVERYTHING, "payload": 5}
DISPLAYS: Final = [
    [
        "iopub",
        kind,
        {"data": {mime: EVERYTHING}, "metadata": {mime: EVERYTHING}, "execution_count": EVERYTHING},
    ]
    for mime in (*MIME_TYPES, EVERYTHING)
    for kind in ("display_data", "execute_result")
]
ODD_MESSAGES: Final = [
    ["iopub", kind, content]
    for kind in (
        "stream",
        "display_data",
        "execute_result",
        "error",
        "clear_output",
        "execute_input",
        "status",
    )
    for value in ODD_VALUES
    for content in (
        value,
        dict.fromkeys(
            ("name", "text", "data", "ename", "traceback", "wait", "execution_count", "transient"), value
        ),
    )
]
PAYLOAD: Final = [
    *ODD_VALUES,
    *(
        {"source": source, "text": value, "data": value}
        for source in ("page", "set_next_input")
        for value in ODD_VALUES
    ),
    *({"source": "page", "data": {"text/plain": EVERYTHING}} for _ in range(1_000)),
]


@pytest.mark.kernel
@pytest.mark.parametrize(
    "program",
    [
        pytest.param(STREAMS, id="streams"),
        pytest.param(DISPLAYS, id="displays"),
        pytest.param(ERRORS, id="errors"),
        pytest.param(ODD_MESSAGES, id="odd types"),
        pytest.param([["iopub", EVERYTHING, {}], ["iopub", "comm_open", None]], id="unknown messages"),
        pytest.param(NO_MESSAGES, id="no messages"),
        pytest.param([["reply", "execute_reply", {"status": "ok", "payload": PAYLOAD}]], id="payload"),
        pytest.param([["reply", "execute_reply", ODD_REPLY]], id="odd reply"),
    ],
)
def test_what_a_kernel_says_is_only_text(
    program: list[Any], install: Install, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = program_of(tmp_path / "a.ipynb", program)
    terminal = open_notebook(path, env=install())
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.press_until(f"{keys.ESCAPE}G{keys.CTRL_E}", "┊ all is well")
    look_around(terminal)
    terminal.send(keys.CTRL_S)
    terminal.wait_for("saved")
    leave(terminal)
    json.loads(path.read_bytes())


@pytest.mark.kernel
@pytest.mark.parametrize("password", [False, True])
def test_a_question_of_a_kernel_is_only_text(
    *, password: bool, install: Install, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    path = program_of(
        tmp_path / "a.ipynb", [["stdin", "input_request", {"prompt": EVERYTHING, "password": password}]]
    )
    terminal = open_notebook(path, env=install())
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("sends it")
    terminal.send(f"answer{keys.ENTER}")
    terminal.wait_for("idle")
    terminal.send(f"G{keys.CTRL_E}")
    terminal.wait_for("┊ all is well")
    leave(terminal)


@pytest.mark.kernel
@pytest.mark.parametrize(
    "info",
    [
        {**INFO, "banner": EVERYTHING, "implementation": EVERYTHING, "language_info": {"name": EVERYTHING}},
        *(dict.fromkeys(INFO, value) for value in ODD_VALUES[::3]),
    ],
)
def test_what_a_kernel_says_of_itself_is_only_text(
    info: Any, install: Install, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(program_of(tmp_path / "a.ipynb"), env=install(info))
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ all is well")
    leave(terminal)


@pytest.mark.kernel
def test_a_kernel_that_never_answers_is_in_nobodys_way(
    install: Install, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(program_of(tmp_path / "a.ipynb"), env=install(None))
    terminal.wait_for("starting")
    terminal.send(keys.CTRL_E)
    terminal.wait_for(r"starting \+1")
    terminal.send(f"{keys.ENTER}typed")
    terminal.wait_for("typed")
    terminal.send(f"{keys.ESCAPE}ii")
    terminal.wait_gone(r"\+1")
    leave(terminal)


@pytest.mark.kernel
def test_a_kernel_may_die_while_it_prints(install: Install, open_notebook: OpenTnb, tmp_path: Path) -> None:
    printing = ["repeat", 5_000, [["iopub", "stream", {"name": "stdout", "text": f"{EVERYTHING}\n"}]]]
    path = program_of(tmp_path / "a.ipynb", [printing, ["die", signal.SIGKILL, None]])
    terminal = open_notebook(path, env=install())
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_R)
    terminal.wait_for("kernel died")
    terminal.send("00")
    terminal.wait_for("idle")
    terminal.send(keys.CTRL_E)
    terminal.wait_for("┊ all is well")
    leave(terminal)


@pytest.mark.parametrize(
    "changed",
    [
        {"argv": ["/nowhere/\x1b]0;owned\x07"]},
        {"argv": [""]},
        {"argv": ["\0"]},
        {"argv": ["/bin/sh", "-c", "printf '\\033]0;owned\\007 last words\\n' >&2; exit 3"]},
        {"argv": ["/bin/true"], "env": [], "metadata": "x", "interrupt_mode": {}, "language": 5},
        {"argv": 5},
    ],
)  # fmt: skip
def test_a_kernelspec_that_cannot_work_leaves_a_notebook_to_read_and_edit(
    changed: dict[str, Any], install: Install, open_notebook: OpenTnb, tmp_path: Path
) -> None:
    terminal = open_notebook(program_of(tmp_path / "a.ipynb"), env=install(**changed))
    terminal.wait_for("✗")
    terminal.send(keys.CTRL_E)
    terminal.wait_quiet()
    terminal.send(f"{keys.ENTER}typed")
    terminal.wait_for("typed")
    leave(terminal)


# -- terminals and input ----


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "dumb", "COLORTERM": ""},
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "\x1b[2J", "COLORTERM": "\x1b[2J"},
        {"NO_COLOR": "1"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "no_SUCH.locale"},
        {"HOME": "/nowhere", "XDG_RUNTIME_DIR": "/nowhere"},
        {"HOME": "", "XDG_RUNTIME_DIR": "", "XDG_CONFIG_HOME": "relative"},
        {"COLUMNS": "9999", "LINES": "9999"},
        {"COLUMNS": "0", "LINES": "-1"},
    ],
    ids=str,
)
def test_it_works_in_every_environment(env: dict[str, str], open_notebook: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("1 + 1", printed="naïve 日本"))
    terminal = open_notebook(path, "--no-kernel", env=env)
    terminal.wait_for("naïve 日")
    terminal.send(f"{keys.ENTER}typed")
    terminal.wait_for("typed1")
    leave(terminal)


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (2, 2), (80, 1), (1, 24), (80, 2), (19, 3)], ids=str)
def test_it_can_be_left_at_any_size(size: tuple[int, int], open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.markdown("# 日本"), notebooks.code("x" * 300))
    terminal = open_tnb(path, "--no-kernel", size=size)
    assert is_shown(terminal)
    terminal.send(keys.CTRL_Q)
    assert terminal.wait_exit() == 0
    assert take_apart(terminal).is_restored


QUITS_OR_SUSPENDS: Final = b"\x11\x17\x1a"
"""ctrl+q and ctrl+w, and ctrl+z: what is typed next would be for the shell."""
TYPED: Final = [
    *(getattr(keys, name) for name in dir(keys) if name.isupper() and name != "CTRL_Q"),
    *"jkabddzZxcvVymr16MJKolii00?hgGs",
    *"\x01\x03\x04\x0c\x15\x16\x18\x19\x1fé日😀\u202e(",
    *("\x1b[1;5C", "\x1b[1;2A", "\x1b[Z", "\x1b[3~", "\x1bOP", "\x1b[13;1:3u", "\x1b[57399;;;u"),
    *("\x1b[200~pa\x1b[31mste\n\x00x\x1b[201~", "\x1b[200~", "\x1b[201~", "print(1)"),
    *("\x1b[<0;10;5M", "\x1b[<0;10;5m", "\x1b[<64;10;5M", "\x1b[<32;30;9M", "\x1b[I", "\x1b[O"),
    *("\x1b[?1;2c", "\x1b[5;5R", "\x1b]11;rgb:1/1/1\x07", "\x1bP1$r\x1b\\"),
]


@pytest.mark.kernel
@pytest.mark.parametrize("seed", range(40 if ALL else 2))
def test_keys_and_bytes_at_random_leave_it_alive(seed: int, open_notebook: OpenTnb, tmp_path: Path) -> None:
    sources = [
        "x = input('? ')",
        "for i in range(100): print(i, end='\\r')",
        "1 / 0",
        "?print",
        "%nothing",
        "'x' * 10**5",
    ]
    path = notebooks.write(
        tmp_path / "a.ipynb", notebooks.markdown("# T\n* a"), *map(notebooks.code, sources)
    )
    chance = random.Random(seed)
    terminal = open_notebook(path)
    assert is_shown(terminal)
    for _ in range(400):
        match chance.randrange(10):
            case 0:
                typed = chance.randbytes(chance.randint(1, 40)).translate(None, QUITS_OR_SUSPENDS)
            case 1:
                typed = "".join(chance.choices(TYPED, k=20)).encode()
            case 2:
                terminal.resize(chance.choice((1, 5, 40, 80, 200)), chance.choice((1, 2, 10, 24, 60)))
                continue
            case _:
                typed = chance.choice(TYPED).encode()
        terminal.send(typed)
        terminal.draw_for(chance.choice((0, 0, 0.01, 0.03)))
        assert terminal.process.poll() is None, terminal.text
    terminal.resize(100, 30)
    leave(terminal, SentWithBell)
