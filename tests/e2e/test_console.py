"""The console in a pseudo-terminal, over a kernel that follows a script."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from e2e import keys
from e2e.screen import Screen
from e2e.terminal import ALTERNATE_SCREEN, Terminal
from programs import isolated_environment

pytestmark = pytest.mark.e2e

TESTS = Path(__file__).parents[1]
PROGRAM = [sys.executable, str(TESTS / "console" / "scripted.py")]
CTRL_C, CTRL_D = "\x03", "\x04"


class OpenConsole(Protocol):
    """Starts a console; the terminal is closed when the test ends."""

    def __call__(
        self, *, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None
    ) -> Terminal: ...


def environment(home: Path) -> dict[str, str]:
    # Like xterm itself, pyte leaves rows as they are when it is made narrower.
    return {
        **isolated_environment(home),
        "PYTHONPATH": f"{TESTS}:{TESTS.parent}",
        "XTERM_VERSION": "pyte",
    }


@pytest.fixture
def open_console(home: Path) -> Iterator[OpenConsole]:
    with ExitStack() as terminals:

        def start(*, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None) -> Terminal:
            columns, rows = size
            terminal = Terminal(PROGRAM, columns=columns, rows=rows, env={**environment(home), **(env or {})})
            terminals.enter_context(terminal)
            terminal.wait_for(r":help")
            terminal.wait_for(r"In \[1\]")
            return terminal

        yield start


def everything(terminal: Terminal) -> list[str]:
    """What the terminal shows, with all that has left it at the top."""
    screen = Screen(terminal.columns, 3000)
    screen.feed(bytes(terminal.raw))
    return [line for line in screen.lines if line]


def go_on(terminal: Terminal) -> None:
    os.kill(terminal.process.pid, signal.SIGUSR1)


def type_and_run(terminal: Terminal, code: str) -> None:
    terminal.send(code)
    terminal.send(keys.ENTER)


def test_code_runs_and_what_it_gives_stays_in_the_scrollback(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "print('hi')")
    terminal.wait_for(r"(?m)^hi$")
    terminal.wait_for(r"(?m)^In \[2\]:$")
    type_and_run(terminal, "6 * 7")
    terminal.wait_for(r"Out\[1\]: 42")
    type_and_run(terminal, "table")
    terminal.wait_for(r"(?m)^Out\[1\]:\na b\n1 2$")
    assert ALTERNATE_SCREEN not in terminal.raw


def test_code_is_coloured_as_it_is_typed(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("import x")
    terminal.wait_for("import x")
    assert terminal.cell_of("import").fg not in ("default", terminal.cell_of("x").fg)


def test_without_colour_there_is_none(open_console: OpenConsole) -> None:
    terminal = open_console(env={"NO_COLOR": "1"})
    type_and_run(terminal, "import x = 'y'")
    terminal.wait_for("ran")
    assert b"38;" not in terminal.raw
    assert b"48;" not in terminal.raw


def test_the_terminal_is_asked_how_light_it_is_and_its_answer_is_not_typed(open_console: OpenConsole) -> None:
    terminal = open_console(env={"TNB_TEST_THEME": "auto"})
    terminal.wait_until(lambda: b"\x1b]11;?" in terminal.raw, "the question")
    type_and_run(terminal, "6 * 7")
    terminal.wait_for(r"(?m)^In \[1\]: 6 \* 7\nOut\[1\]: 42$")


def test_enter_goes_on_where_the_kernel_says_the_code_does(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "for x in y:")
    terminal.wait_for(r"\.\.\.:")
    terminal.wait_until(lambda: terminal.screen.cursor[0] == len("In [1]: ") + 4, "the indentation")
    type_and_run(terminal, "use(x)")
    terminal.wait_until(lambda: terminal.text.count("...:") == 2, "a third line")
    terminal.send(keys.ENTER)
    terminal.wait_for(r"ran 'for x in y:\\n    use\(x\)'")


def test_what_is_typed_while_the_kernel_is_asked_is_not_lost(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("for x in y:\ruse(x)\r\rsecond\rthird\r")
    terminal.wait_for(r"ran 'third'")
    assert re.findall(r"ran (.*)", terminal.text) == [r"'for x in y:\n    use(x)'", "'second'", "'third'"]


@pytest.mark.parametrize("key", ["ALT_ENTER", "KITTY_ALT_ENTER", "XTERM_ALT_ENTER"])
def test_a_key_that_always_begins_a_line(key: str, open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("a" + getattr(keys, key) + "b")
    terminal.wait_for(r"\.\.\.: b")


@pytest.mark.parametrize("key", ["CTRL_J", "KITTY_CTRL_ENTER", "XTERM_CTRL_ENTER"])
def test_a_key_that_always_runs(key: str, open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("if a:" + getattr(keys, key))
    terminal.wait_for(r"ran 'if a:'")


def test_pasted_lines_wait_for_enter(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send(keys.paste("a = 1\nb = 2\n"))
    terminal.wait_until(lambda: terminal.text.count("...:") == 2, "three lines")
    assert "ran" not in terminal.text
    terminal.send(keys.ENTER)
    terminal.wait_for(r"ran 'a = 1\\nb = 2'")


def test_a_progress_bar_stays_in_its_place(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "bar")
    terminal.wait_for(r"(?m)^4% ####$")
    go_on(terminal)
    terminal.wait_for(r"(?m)^done {0,3}\nbelow$")
    assert not [line for line in everything(terminal) if "%" in line]


def test_all_lines_of_a_flood_are_there_once_in_order(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "lines(1000)")
    terminal.wait_for(r"In \[2\]")
    found = [line for line in everything(terminal) if line.startswith("line ")]
    assert found == [f"line {number}" for number in range(1000)]


def test_ctrl_c_interrupts_what_runs(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "wait")
    terminal.wait_for(r"(?m)^waiting$")
    terminal.send(CTRL_C)
    terminal.wait_for("KeyboardInterrupt")
    terminal.wait_for(r"(?m)^In \[2\]:$")


def test_ctrl_c_clears_the_prompt(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("never" + CTRL_C + "6 * 7\r")
    terminal.wait_for("Out")
    assert "ran" not in terminal.text


def test_what_is_run_meanwhile_waits_for_its_turn(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "wait")
    terminal.wait_for(r"(?m)^waiting$")
    type_and_run(terminal, "second")
    terminal.wait_for(r"(?m)^waits: second$")
    terminal.send("third")
    terminal.wait_for(r"In \[\*\]: third")
    go_on(terminal)
    terminal.wait_for(r"In \[2\]: second\nran 'second'\n\nIn \[3\]: third")
    assert "waits" not in terminal.text


def test_a_question_is_answered_where_it_stands(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "name")
    terminal.wait_for(r"(?m)^name\?$")
    terminal.send("Bjørn 漢x" + keys.BACKSPACE)
    terminal.wait_for(r"Bjørn 漢")
    terminal.wait_until(lambda: terminal.screen.cursor[0] == len("name? Bjørn ") + 2, "the cursor behind it")
    terminal.send(keys.ENTER)
    terminal.wait_for(r"(?m)^name\? Bjørn 漢.?\nthanks$")


def test_a_password_is_shown_nowhere(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "secret")
    terminal.wait_for(r"(?m)^password:$")
    terminal.send("hunter2")
    terminal.send(keys.ENTER)
    terminal.wait_for(r"(?m)^password:\nthanks$")
    terminal.send(keys.UP)
    terminal.wait_for(r"In \[2\]: secret")
    assert b"hunter2" not in terminal.raw


def test_a_display_is_updated_in_its_place(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "show")
    terminal.wait_for(r"(?m)^one$")
    go_on(terminal)
    terminal.wait_for(r"(?m)^two$")
    assert "one" not in everything(terminal)


def test_cleared_output_gives_way_to_what_follows(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "clear")
    terminal.wait_for(r"(?m)^old$")
    go_on(terminal)
    terminal.wait_for(r"(?m)^new$")
    assert "old" not in everything(terminal)


def test_a_page_is_shown_as_text(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "page")
    terminal.wait_for(r"(?m)^Docstring: what it is$")


def test_what_the_kernel_loads_stands_in_the_next_prompt(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "load")
    terminal.wait_for(r"In \[2\]: loaded = 1")


def test_nothing_printed_reaches_the_terminal_raw(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "hostile")
    terminal.wait_for(r"gone")
    type_and_run(terminal, "fail")
    terminal.wait_for(r"ValueError: no .*good")
    assert "In [1]: hostile" in terminal.text
    for forbidden in (b"\x1b]0", b"\x1b[2J", b"\x1b[10A", "\u202e".encode()):
        assert forbidden not in terminal.raw


def test_the_cursor_is_where_it_looks_to_be(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("漢字🙂é" + "\x1b[D")
    column = len("In [1]: ") + 6
    terminal.wait_until(lambda: terminal.screen.cursor[0] == column, "the cursor on the é")
    terminal.send("X")
    terminal.wait_for("Xé")


def test_what_others_run_is_marked(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("other\r")
    terminal.wait_for(r"(?m)^┊ .* runs \[7\]\n┊ theirs = 1\n┊ from them$")


def test_a_kernel_that_died_is_said_with_the_way_out(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "die")
    terminal.wait_for(r"The kernel is dead \(ended by SIGKILL\)\. :restart")
    type_and_run(terminal, ":restart")
    terminal.wait_for(r"The kernel restarts")
    type_and_run(terminal, "print('hi')")
    terminal.wait_for(r"(?m)^hi$")


def test_a_line_that_is_lost_and_back_is_said_once_each(open_console: OpenConsole) -> None:
    terminal = open_console()
    os.kill(terminal.process.pid, signal.SIGUSR2)
    terminal.wait_for(r"The line to the kernel is lost")
    terminal.wait_for(r"The line to the kernel is back")
    type_and_run(terminal, "print('hi')")
    terminal.wait_for(r"(?m)^hi$")
    assert terminal.text.count("is lost") == 1


def test_tab_completes_what_is_common_and_lists_the_rest(open_console: OpenConsole) -> None:
    terminal = open_console()
    terminal.send("x = al" + keys.TAB)
    terminal.wait_for(r"x = alpha\nalpha +alphabet")
    terminal.send(keys.TAB + keys.TAB)
    terminal.wait_for(r"x = alphabet\n")
    terminal.send("!")
    terminal.wait_for(r"x = alphabet!")
    terminal.wait_gone("alpha +alphabet")


def test_history_of_the_kernel_and_of_this_session(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "print('hi')")
    terminal.wait_for(r"(?m)^In \[2\]:$")
    terminal.send(keys.UP)
    terminal.wait_for(r"In \[2\]: print")
    terminal.send(keys.UP)
    terminal.wait_for(r"In \[2\]: second = '漢")
    terminal.send(keys.DOWN + keys.DOWN)
    terminal.wait_for(r"(?m)^In \[2\]:$")
    terminal.send(keys.CTRL_R + "use")
    terminal.wait_for(r"In \[2\]: for x in y:\n +\.\.\.: +use\(x\)\nsearch: use")
    terminal.send(keys.ENTER)
    terminal.wait_gone("search")
    assert "for x in y" in terminal.text


def test_ctrl_d_ends_it_and_gives_the_terminal_back(open_console: OpenConsole) -> None:
    terminal = open_console()
    raw = terminal.line_settings()
    terminal.send(CTRL_D)
    assert terminal.wait_exit() == 0
    assert terminal.line_settings() != raw
    assert terminal.raw.rstrip().endswith(b"\x1b[?25h")
    assert b"\x1b[?2004l" in terminal.raw


def test_ctrl_d_asks_what_becomes_of_a_kernel_that_works(open_console: OpenConsole) -> None:
    terminal = open_console()
    type_and_run(terminal, "wait")
    terminal.wait_for(r"(?m)^waiting$")
    terminal.send(CTRL_D)
    terminal.wait_for(r"\[L\]eave it running")
    terminal.send("s")
    terminal.wait_gone(r"\[L\]eave it running")
    terminal.send(CTRL_D)
    terminal.wait_for(r"\[L\]eave it running")
    terminal.send(keys.ENTER)
    assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order(number: signal.Signals, open_console: OpenConsole) -> None:
    terminal = open_console()
    raw = terminal.line_settings()
    os.kill(terminal.process.pid, number)
    assert terminal.wait_exit() == 128 + number
    assert terminal.line_settings() != raw
    assert b"\x1b[?2004l" in terminal.raw


def test_it_fits_another_size(open_console: OpenConsole) -> None:
    terminal = open_console(size=(40, 12))
    terminal.send("a" * 50)
    terminal.wait_until(lambda: terminal.text.count("a") >= 50, "all of it")
    terminal.resize(100, 12)
    terminal.wait_for(r"(?m)^In \[1\]: a{50}$")
    terminal.resize(30, 12)
    terminal.wait_for(r"(?m)^In \[1\]: a{21}\n +a{21}\n +a{8}$")
    terminal.send(keys.ENTER)
    terminal.wait_for("ran")


def test_a_prompt_higher_than_the_screen_shows_what_is_about_the_cursor(open_console: OpenConsole) -> None:
    terminal = open_console(size=(40, 8))
    terminal.send(keys.paste("\n".join(f"line{number}" for number in range(30))))
    terminal.wait_for(r"line29")
    terminal.send(keys.UP * 20)
    terminal.wait_for(r"line9\b")
    terminal.send(keys.ENTER + "\x0a")
    terminal.wait_for(r"ran 'line0")


def piped(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        PROGRAM, input=code, env=environment(home), capture_output=True, text=True, timeout=60
    )


def test_code_from_a_pipe_is_run_whole(home: Path) -> None:
    done = piped(home, "print('hi')")
    assert (done.stdout, done.stderr, done.returncode) == ("hi\n", "", 0)
    done = piped(home, "a\nb")
    assert (done.stdout, done.returncode) == ("ran 'a\\nb'\n", 0)


def test_code_from_a_pipe_that_fails_gives_status_1(home: Path) -> None:
    done = piped(home, "fail")
    assert done.stdout == "before\n"
    assert done.stderr.startswith("ValueError: no ")
    assert "\x1b" not in done.stderr
    assert done.returncode == 1


def test_code_from_a_pipe_has_nobody_to_ask(home: Path) -> None:
    done = piped(home, "name")
    assert "nobody to ask" in done.stderr
    assert done.returncode == 1


def test_code_from_a_pipe_to_a_kernel_that_dies(home: Path) -> None:
    done = piped(home, "die")
    assert done.stderr == "tnb console: the kernel is dead (ended by SIGKILL)\n"
    assert done.returncode == 1


def test_code_from_a_pipe_ends_when_nobody_reads_what_it_prints(home: Path) -> None:
    command = f"echo 'lines(20000)' | {' '.join(PROGRAM)} | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], env=environment(home), capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("line 0\n", "")


def test_no_code_from_a_pipe_does_nothing(home: Path) -> None:
    done = piped(home, "\n")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
