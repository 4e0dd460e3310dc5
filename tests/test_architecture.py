"""What may be loaded when. Who may import whom is held by import-linter, which `make test` runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.cli.table import BY_NAME

LEAN = "from tui.lean.libraries import load_textual, without_openssl\nwith without_openssl(): load_textual()"
HEAVY = (
    "textual",
    "rich",
    "zmq",
    "nbformat",
    "jupyter_client",
    "asyncio",
    "pygments",
    "markdown_it",
    "PIL",
    "nbconvert",
    "jupytext",
    "ipyparallel",
)


def loaded_by(statement: str) -> set[str]:
    """The top-level names of the modules that a fresh Python has loaded after `statement`."""
    program = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "statement",
    [
        "import tui.cli, tui.cli.open",
        "from tui.cli.arguments import parse; parse(['notebook.ipynb', '--theme', 'dark'])",
        "from tui.config import read_config; read_config()",
        "from tui.cli.arguments import parser; parser().format_help()",
        "from tui.cli.table import COMMANDS; [each.parser() for each in COMMANDS]",
    ],
)
def test_the_front_door_loads_nothing_heavy(statement: str) -> None:
    assert not loaded_by(statement) & set(HEAVY)


def test_help_loads_nothing_but_what_says_it() -> None:
    unwanted = {*HEAVY, "socket", "ssl", "http", "email", "logging"}
    program = (
        "import contextlib, io, sys; from tui.cli import main\n"
        f"for words in {[['--help'], *([name, '--help'] for name in BY_NAME)]}:\n"
        "    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main(words)\n"
        f"    print(words, {unwanted} & {{*sys.modules}})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    told = done.stdout.splitlines()
    assert len(told) == 1 + len(BY_NAME)
    assert [line for line in told if not line.endswith(" set()")] == []


@pytest.mark.parametrize("module", ["tui", "kernelbridge"])
def test_importing_a_package_imports_nothing(module: str) -> None:
    assert loaded_by(f"import {module}") == loaded_by("pass") | {module}


@pytest.mark.parametrize("module", ["kernelbridge.outputs", "kernelbridge.events", "kernelbridge.state"])
def test_what_a_kernel_tells_is_plain_values(module: str) -> None:
    assert not loaded_by(f"import {module}") & {*HEAVY, "json"}


def test_the_first_frame_needs_neither_textual_nor_colours_of_code() -> None:
    loaded = loaded_by("import tui.firstframe, tui.kernellaunch, tui.cli.open, tui.files.notebookfile")
    assert not loaded & {"textual", "zmq", "nbformat", "jupyter_client", "asyncio", "pygments", "PIL", "ssl"}


def test_the_console_needs_no_screen_and_colours_only_once_there_is_code() -> None:
    loaded = loaded_by("import tui.console.console")
    assert not loaded & {"textual", "zmq", "nbformat", "jupyter_client", "pygments", "markdown_it", "PIL"}


def test_pictures_are_decoded_elsewhere() -> None:
    gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    statement = (
        "from tui.render.outputs import draw_output; from tui.render.canvas import Canvas; "
        "from kernelbridge.outputs import DisplayData; "
        f"rows = draw_output(DisplayData({{'image/gif': '{gif}'}}), Canvas(9)).draw(); "
        "assert rows and not any('broken' in span.text for row in rows for span in row)"
    )
    assert not loaded_by(statement) & {"PIL", "resvg"}


def test_a_notebook_is_printed_without_a_screen() -> None:
    loaded = loaded_by("import tui.export.printout, tui.export.lines, tui.cli.show, tui.cli.paging")
    assert not loaded & {"textual", "zmq", "nbformat", "jupyter_client", "asyncio", "pygments", "PIL", "ssl"}


def test_a_notebook_is_run_without_a_screen() -> None:
    loaded = loaded_by(
        "import tui.cli.run, tui.cli.runpreparing, tui.cli.runtelling, tui.headless.performing, "
        "tui.headless.detaching, tui.headless.progress, tui.headless.comparing, tui.headless.report"
    )
    assert not loaded & {"textual", "rich", "zmq", "nbformat", "jupyter_client", "pygments", "PIL"}


def test_a_run_needs_no_openssl() -> None:
    program = "from tui.cli.run import run; run(['missing.ipynb'])"
    assert not loaded_by(program) & {"ssl", "_ssl", "_hashlib"}


def test_a_kernel_is_on_its_way_before_a_run_loads_an_event_loop() -> None:
    loaded = loaded_by("import tui.cli.run, tui.cli.runpreparing, tui.headless.earlystart")
    assert "asyncio" not in loaded
    assert "asyncio" not in loaded_by("import kernelbridge.keeper.main")


def test_the_screen_needs_no_openssl() -> None:
    assert not loaded_by(f"exec({LEAN!r}); import tui.app") & {"ssl", "_ssl", "_hashlib"}


def test_who_needs_tls_later_can_still_have_it() -> None:
    assert "ssl" in loaded_by(f"exec({LEAN!r}); import ssl; ssl.create_default_context()")


def test_textual_does_not_wait_for_a_frame_unless_a_person_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    program = f"{LEAN}\nfrom textual.screen import UPDATE_PERIOD; print(UPDATE_PERIOD)"

    def period() -> float:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return float(done.stdout)

    monkeypatch.delenv("TEXTUAL_FPS", raising=False)
    assert period() < 1 / 240
    monkeypatch.setenv("TEXTUAL_FPS", "30")
    assert period() == 1 / 30


ENTITIES = "from tui.lean.entities import load_entities_late; load_entities_late(); import sys"


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("import html; print(html.unescape('&lt;&nosuch;&eacute'))", "<&nosuch;é"),
        ("import html.entities; print(html.entities.codepoint2name[233])", "eacute"),
        ("from html.entities import html5; print(html5['eacute;'])", "é"),
        (
            "from markdown_it import MarkdownIt; print(MarkdownIt().render('&eacute; &nosuch;'))",
            "é &amp;nosuch;",
        ),
    ],
)
def test_named_characters_that_are_loaded_late_are_all_there(statement: str, shown: str) -> None:
    done = subprocess.run(
        [sys.executable, "-Xutf8", "-c", f"{ENTITIES}; {statement}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown in done.stdout


def test_markdown_and_code_are_loaded_without_the_names_of_characters() -> None:
    statement = f"{ENTITIES}; import markdown_it, pygments.util; print(sys.modules['html.entities'].__spec__)"
    done = subprocess.run([sys.executable, "-c", statement], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"


PATHS = {"PYTHONPATH": ":".join(sys.path[1:])}
"""What `site`, which loads some modules itself, would have set."""
DRAWN = (
    "import sys; import tui.firstframe; "
    "from tui.render.markdown import draw_markdown; from tui.render.canvas import Canvas; "
    "draw_markdown('# Title\\n\\n- *some* `text`', Canvas(80))"
)


def test_what_only_some_outputs_need_is_loaded_with_the_first_of_them() -> None:
    program = f"{DRAWN}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    some = {f"tui.render.{name}" for name in ("charts", "html", "jsontree", "math", "picture", "traceback")}
    assert not set(done.stdout.split()) & {
        *some,
        "pygments",
        "logging",
        "platformdirs",
        "kernelbridge.events",
    }


def test_what_saving_takes_is_loaded_with_the_screen_and_not_before() -> None:
    saving = {f"tui.files.{name}" for name in ("atomic", "proof", "weave")}
    for statement, loaded in (
        ("import tui.firstframe, tui.files.pairing", set[str]()),
        ("import tui.app", saving),
    ):
        program = f"import sys; {statement}; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert set(done.stdout.split()) & saving == loaded


def test_what_textual_asks_of_modules_and_never_calls_is_not_loaded() -> None:
    loaded = loaded_by(f"exec({LEAN!r})")
    assert not loaded & {"difflib", "mimetypes", "pickle", "platformdirs", "uuid"}


def test_a_start_knows_nothing_of_addresses_and_hosts() -> None:
    drawn = DRAWN.replace(
        "import sys; ", "import sys; from tui.lean.libraries import load_paths; load_paths(); "
    )
    program = f"{drawn}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, env=PATHS)
    assert done.stderr == ""
    assert not set(done.stdout.split()) & {"urllib.parse", "ipaddress"}


def test_who_needs_those_later_has_them() -> None:
    program = f"{LEAN}\nimport pickle, uuid; print(pickle.loads(pickle.dumps(uuid.UUID(int=7))))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "00000000-0000-0000-0000-000000000007"


def test_the_keeper_of_a_kernel_of_this_machine_loads_no_openssl() -> None:
    lean = "from kernelbridge.keeper.lean import without_openssl\nwith without_openssl(): "
    loaded = loaded_by(
        f"exec({lean + 'import kernelbridge.keeper.service'!r}); import kernelbridge.keeper.main, zmq, hmac"
    )
    assert not loaded & {"ssl", "_ssl", "_hashlib"}
