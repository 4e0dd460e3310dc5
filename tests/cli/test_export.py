"""`tnb export`: what is said on its command line, what it writes, and how it fails."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.headlessruns import until
from e2e import notebooks
from kept import state_of_own
from kernelbridge.keeper.home.homes import all_homes
from programs import tnb_command
from tui.cli import main
from tui.cli.export import parse_export
from tui.cli.exportarguments import ExportArguments
from tui.export.chain.advice import explained
from tui.export.chain.errors import INSTALL, ExportError
from tui.export.chain.exporting import Exported
from tui.export.chain.writing import write_export

DOT = base64.b64encode(b"\x89PNG a picture").decode()


def with_picture(**metadata: str) -> dict[str, Any]:
    """A cell that shows a picture."""
    output = {
        "output_type": "display_data",
        "data": {"image/png": DOT, "text/plain": "<Figure>"},
        "metadata": metadata,
    }
    return {**notebooks.code("plot()", count=2), "outputs": [output]}


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tagged = {**notebooks.code("draft = 1"), "metadata": {"tags": ["draft"]}}
    cells = [notebooks.code("print('hello')", "hello there\n", count=1), with_picture(), tagged]
    return notebooks.write(tmp_path / "a.ipynb", *cells)


def test_it_is_written_beside_the_notebook_as_html(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notebook.read_bytes()
    assert main(["export", "a.ipynb"]) == 0
    assert capsys.readouterr().out == "a.html\n"
    page = Path("a.html").read_text()
    assert "<title>a</title>" in page
    assert "hello there" in page
    assert notebook.read_bytes() == before


def test_the_format_is_what_the_output_ends_in_and_pictures_are_beside_it(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--json", "-o", "page.md", "a.ipynb"]) == 0
    assert "![png](page_files/page_1_0.png)" in Path("page.md").read_text()
    assert Path("page_files/page_1_0.png").read_bytes() == b"\x89PNG a picture"
    told = json.loads(capsys.readouterr().out)
    assert told == [{"notebook": "a.ipynb", "files": ["page.md", "page_files/page_1_0.png"]}]


def test_several_go_into_a_folder_that_is_made(notebook: Path) -> None:
    notebooks.write(Path("b.ipynb"), notebooks.code("2"))
    assert main(["export", "--to", "markdown", "-o", "made/here/", "a.ipynb", "b.ipynb"]) == 0
    assert sorted(path.name for path in Path("made/here").iterdir()) == ["a.md", "a_files", "b.md"]


def test_cells_tags_input_and_prompts_can_be_left_out(notebook: Path) -> None:
    assert main(["export", "--to", "markdown", "--tag-remove", "x,draft", "-o", "1.md", "a.ipynb"]) == 0
    assert "draft" not in Path("1.md").read_text()
    assert "print" in Path("1.md").read_text()
    assert main(["export", "--no-input", "-o", "2.md", "a.ipynb"]) == 0
    assert "print" not in Path("2.md").read_text()
    assert "hello there" in Path("2.md").read_text()
    assert main(["export", "--no-prompt", "a.ipynb"]) == 0
    assert "In&nbsp;[" not in Path("a.html").read_text()


def test_the_file_of_configuration_counts_where_it_is_named_and_never_because_it_lies_there(
    notebook: Path,
) -> None:
    config = Path("jupyter_nbconvert_config.py")
    config.write_text("open('ran', 'w').close()\nc.TemplateExporter.exclude_input = True\n")
    Path("nbconvert.py").write_text("open('loaded', 'w').close()\n")
    done = subprocess.run([*tnb_command(), "export", "-o", "1.md", "a.ipynb"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "print" in Path("1.md").read_text()
    assert not Path("ran").exists()
    assert not Path("loaded").exists()
    assert main(["export", "-o", "2.md", "--config", str(config), "a.ipynb"]) == 0
    assert "print" not in Path("2.md").read_text()


def test_any_setting_of_nbconvert_can_be_said(notebook: Path) -> None:
    said = ["export", "--to", "markdown", "-o", "1.md", "--TemplateExporter.exclude_output=True", "a.ipynb"]
    assert main(said) == 0
    assert "hello there" not in Path("1.md").read_text()


def test_a_pipe_leads_through_it(notebook: Path) -> None:
    said = [*tnb_command(), "export", "--to", "script", "-"]
    done = subprocess.run(said, input=notebook.read_bytes(), capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"print('hello')" in done.stdout
    named = subprocess.run(
        [*said, "--as", "report.ipynb", "-o", "x.html", "--to", "html"], input=notebook.read_bytes()
    )
    assert named.returncode == 0
    assert "<title>report</title>" in Path("x.html").read_text()


def test_text_and_ansi_are_what_show_prints(notebook: Path) -> None:
    shown = subprocess.run(
        [*tnb_command(), "show", "--width", "60", "a.ipynb"], capture_output=True, text=True
    )
    assert main(["export", "--to", "text", "--width", "60", "a.ipynb"]) == 0
    assert Path("a.txt").read_text() == shown.stdout
    assert main(["export", "--to", "ansi", "a.ipynb"]) == 0
    assert "\x1b[" in Path("a.ans").read_text()


def test_progress_is_told_cell_by_cell_where_it_is_asked_for(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--progress", "--to", "markdown", "a.ipynb"]) == 0
    assert capsys.readouterr().err.splitlines() == ["0/3 a.ipynb", "1/3 a.ipynb", "2/3 a.ipynb"]


def test_the_formats_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--formats", "--json"]) == 0
    assert {"html", "latex", "text", "ansi", "slides"} <= set(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["--to", "nonsense", "a.ipynb"], 'Unknown exporter "nonsense"'),
        (["--template", "nonsense", "a.ipynb"], "No template sub-directory with name 'nonsense'"),
        (["--to", "notebook", "-o", "a.ipynb", "a.ipynb"], "is the notebook itself"),
        (["missing.ipynb"], "there is no such file"),
        (["broken.ipynb"], "it is not JSON"),
        (["--HTMLExporter.embed_images=maybe", "a.ipynb"], "embed_images"),
        (["-o", "a.ipynb/x.html", "a.ipynb"], "not written"),
    ],
)
def test_what_fails_is_one_line(
    said: list[str], answer: str, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notebook.read_bytes()
    Path("broken.ipynb").write_text("{'")
    assert main(["export", *said]) == 1
    told = capsys.readouterr()
    assert answer in told.err
    assert told.err.startswith("tnb: ")
    assert told.err.count("\n") == 1
    assert notebook.read_bytes() == before


def test_half_a_character_is_replaced(notebook: Path) -> None:
    notebook.write_text(notebook.read_text().replace("hello there", "hello \\ud83d there"))
    assert main(["export", "-o", "a.md", "a.ipynb"]) == 0
    assert "hello ? there" in Path("a.md").read_text()


def test_the_others_are_exported_though_one_fails(notebook: Path) -> None:
    assert main(["export", "missing.ipynb", "a.ipynb"]) == 1
    assert Path("a.html").exists()


def test_what_a_pdf_would_take_is_said(
    notebook: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.export.chain.pdfway.shutil.which", lambda name: None)
    monkeypatch.setattr("tui.export.chain.pdfway.find_spec", lambda name: None)
    assert main(["export", "--to", "pdf", "a.ipynb"]) == 1
    told = capsys.readouterr().err
    assert "without xelatex and pandoc or playwright" in told
    assert "apt-get install texlive-xetex" in told
    assert told.count("\n") == 1
    assert main(["export", "--to", "pdf", "--PDFExporter.latex_command=lualatex", "a.ipynb"]) == 1
    assert "without lualatex and pandoc" in capsys.readouterr().err


PROGRAMS = {
    "pandoc": "cat",
    "bibtex": "exit 1",
    "xelatex": "grep -q hello notebook.tex && echo made > notebook.pdf",
}
"""What stands in for those that make a PDF."""


@pytest.fixture
def latex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, with nothing else on the path but what a shell has."""
    (folder := tmp_path / "programs").mkdir()
    for name, script in PROGRAMS.items():
        write_program(folder / name, script)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return folder


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_pdf_is_made_by_latex(notebook: Path, latex: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "pdf", "a.ipynb"]) == 0
    assert capsys.readouterr().out == "a.pdf\n"
    assert Path("a.pdf").read_text() == "made\n"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("This is XeTeX\n! Undefined control sequence.\nl.7 \\nosuch\n", "Undefined control sequence."),
        (
            "! LaTeX Error: File \\`adjustbox.sty' not found.\n",
            "File `adjustbox.sty' not found. (apt-get install texlive-xetex texlive-fonts-recommended",
        ),
        ("xelatex: no such format\n", "LaTeX failed: xelatex: no such format"),
    ],
)
def test_what_latex_has_against_it_is_said(
    printed: str, told: str, notebook: Path, latex: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_program(latex / "xelatex", f'printf "%s" "{printed}"\nexit 1')
    assert main(["export", "--to", "pdf", "a.ipynb"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("tnb: a.ipynb: LaTeX failed: ")
    assert told in said
    assert said.count("\n") == 1
    assert not Path("a.pdf").exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (type("PandocMissing", (Exception,), {})("Pandoc wasn't found.\nPlease"), "apt-get install pandoc"),
        (FileNotFoundError("Inkscape executable not found in safe paths"), "apt-get install inkscape"),
        (RuntimeError("No suitable chromium executable found"), "playwright install chromium"),
        (RuntimeError("Playwright is not installed to support"), "pip install 'nbconvert[webpdf]'"),
        (ValueError("one\ntwo"), "ValueError: one"),
        (ValueError(), "ValueError"),
    ],
)
def test_what_is_missing_is_said_with_what_installs_it(error: Exception, told: str) -> None:
    assert told in explained(error)
    assert "\n" not in explained(error)


def test_without_nbconvert_it_says_how_to_get_it(notebook: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['nbconvert'] = None\n"
        "from tui.cli import main\n"
        "sys.exit(main(['export', 'a.ipynb']) or main(['export', '--to', 'text', 'a.ipynb']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"tnb: export needs nbconvert, which is not installed: {INSTALL}\n"


@pytest.mark.parametrize("name", ["../up.png", "/tmp/abs.png", "a.ipynb", "a_files", "a_files/../b.png"])
def test_a_picture_never_lands_outside_of_the_folder_for_pictures(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="outside of"):
        write_export(Exported("x", ".md", {name: b"hostile"}), tmp_path / "a.md")
    assert list(tmp_path.iterdir()) == []


def test_nor_does_it_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "a_files").symlink_to("/tmp")
    with pytest.raises(ExportError, match="outside of"):
        write_export(Exported("x", ".md", {"a_files/x.png": b"hostile"}), tmp_path / "a.md")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ([], "which notebook?"),
        (["--serve", "0", "a.ipynb"], "must be a port"),
        (["--timeout", "-1", "a.ipynb"], "number of seconds"),
        (["--config", "none.py", "a.ipynb"], "there is no such file"),
        (["-o", "x.html", "a.ipynb", "b.ipynb"], "is no folder"),
        (["--nonsense", "a.ipynb"], "unrecognized arguments: --nonsense"),
    ],
)
def test_what_is_not_understood_is_status_2(
    said: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", *said])
    assert ended.value.code == 2
    assert answer in capsys.readouterr().err


def test_a_port_may_follow_serve_and_so_may_a_notebook() -> None:
    assert parse_export(["--serve", "9000", "a.ipynb"]) == ExportArguments(
        (Path("a.ipynb"),), "slides", served_at=9000
    )
    assert parse_export(["--serve", "a.ipynb"]) == ExportArguments(
        (Path("a.ipynb"),), "slides", served_at=8000
    )


@pytest.mark.kernel
def test_it_can_be_run_before_and_its_file_stays_as_it_is(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebooks.write(notebook, notebooks.code("print(6 * 7)"))
    before = notebook.read_bytes()
    assert main(["export", "--execute", "-o", "a.md", "a.ipynb"]) == 0
    assert "    42\n" in Path("a.md").read_text()
    assert notebook.read_bytes() == before
    notebooks.write(notebook, notebooks.code("1 / 0"))
    assert main(["export", "--execute", "-o", "b.md", "a.ipynb"]) == 1
    assert "not exported, since running it ended with 1" in capsys.readouterr().err
    assert not Path("b.md").exists()


@pytest.mark.kernel
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_run_before_it_as_well(
    number: signal.Signals, notebook: Path, tmp_path: Path
) -> None:
    code = f"open({str(tmp_path / 'begun')!r}, 'w').close()\nimport time\nfor _ in range(600): time.sleep(.1)"
    notebooks.write(notebook, notebooks.code(code))
    with state_of_own():
        process = subprocess.Popen([*tnb_command(), "export", "--execute", "a.ipynb"], stderr=subprocess.PIPE)
        with process:
            until((tmp_path / "begun").exists)
            process.send_signal(number)
            assert process.wait() == 130
        assert all_homes() == []
    assert not Path("a.html").exists()


def test_what_comes_on_standard_input_is_not_run(notebook: Path) -> None:
    done = subprocess.run(
        [*tnb_command(), "export", "--execute", "-"], input=notebook.read_bytes(), capture_output=True
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"give the file, not standard input" in done.stderr
