"""Which kernel a notebook gets, decided by looking at files alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from kernelbridge.specs import ChosenKernel, InterruptMode, Origin, Wish, all_specs, choose, find
from kernelbridge.state import Missing
from pythonenvironments import make_environment, was_run


@pytest.fixture
def kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory for kernelspecs, searched before all others; no environment is active."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    directory = tmp_path / "jupyter" / "kernels"
    directory.mkdir(parents=True)
    return directory


def install(kernels: Path, name: str, **content: object) -> None:
    (kernels / name).mkdir()
    content = {"argv": ["/bin/kernel", "{connection_file}"], "language": "bash", **content}
    (kernels / name / "kernel.json").write_text(json.dumps(content))


def chosen(wish: Wish, trusts: Callable[[Path], bool] = lambda _: False) -> ChosenKernel:
    result = choose(wish, trusts)
    assert isinstance(result, ChosenKernel)
    return result


def missing(wish: Wish) -> Missing:
    result = choose(wish)
    assert isinstance(result, Missing)
    return result


def test_a_kernelspec_is_read_with_all_that_matters(kernels: Path) -> None:
    install(kernels, "Shell", display_name="Bash", interrupt_mode="message", env={"A": "b", "C": 5})
    spec = find("shell")
    assert spec is not None
    assert (spec.name, spec.argv, spec.display_name) == (
        "shell",
        ("/bin/kernel", "{connection_file}"),
        "Bash",
    )
    assert (spec.env, spec.interrupt_mode) == ({"A": "b"}, InterruptMode.MESSAGE)


def test_the_same_kernelspecs_are_found_as_by_jupyter_client(kernels: Path) -> None:
    install(kernels, "one")
    install(kernels, "Two")
    assert {spec.name for spec in all_specs()} == set(KernelSpecManager().find_kernel_specs())


@pytest.mark.parametrize("name", ["../one", "a/b", "/bin/sh", "", "..", "one\n", "-f x", "é"])
def test_a_name_that_is_no_name_finds_nothing(kernels: Path, name: str) -> None:
    install(kernels, "one")
    assert find(name) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"argv": []}', '{"argv": "sh"}', '{"argv": [1]}', "[" * 100_000, "\udcff"]
)
def test_a_broken_kernelspec_is_as_good_as_none(kernels: Path, text: str) -> None:
    install(kernels, "broken")
    (kernels / "broken" / "kernel.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert find("broken") is None
    assert "broken" not in {spec.name for spec in all_specs()}


def test_the_kernel_asked_for_wins(kernels: Path) -> None:
    install(kernels, "one")
    install(kernels, "two")
    assert chosen(Wish(asked="one", notebook="two")).spec.name == "one"


def test_the_kernel_asked_for_and_not_there_is_missing_whatever_else_is(kernels: Path) -> None:
    install(kernels, "two")
    result = missing(Wish(asked="one", notebook="two"))
    assert result.name == "one"
    assert "two" in result.hint


def test_the_notebook_s_kernel_comes_next(kernels: Path) -> None:
    install(kernels, "two")
    result = chosen(Wish(notebook="two", language="bash"))
    assert (result.spec.name, result.origin) == ("two", Origin.NOTEBOOK)


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
@pytest.mark.parametrize("wish", [Wish(), Wish(notebook="gone", language="python"), Wish(notebook="python3")])
def test_an_active_environment_runs_what_is_python_or_says_nothing(
    kernels: Path, monkeypatch: pytest.MonkeyPatch, variable: str, wish: Wish
) -> None:
    prefix = make_environment(kernels / "ml-env")
    monkeypatch.setenv(variable, str(prefix))
    result = chosen(wish)
    assert (result.origin, result.environment) == (Origin.ENVIRONMENT, "ml-env")
    assert result.spec.argv[0] == str(prefix / "bin" / "python")


def test_an_environment_without_ipykernel_is_passed_over_for_our_own(
    kernels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(make_environment(kernels / "env", ipykernel=False)))
    result = chosen(Wish(notebook="python3", language="python"))
    assert (result.origin, result.spec.argv[0]) == (Origin.OWN, sys.executable)


def test_a_python_asked_for_wins_over_all(kernels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(kernels, "two")
    monkeypatch.setenv("VIRTUAL_ENV", str(make_environment(kernels / "active")))
    python = make_environment(kernels / "asked") / "bin" / "python"
    result = chosen(Wish(notebook="two", language="bash", python=python))
    assert (result.origin, result.environment, result.spec.argv[0]) == (Origin.ASKED, "asked", str(python))


def test_a_python_asked_for_that_cannot_be_is_missing_and_says_why(kernels: Path) -> None:
    result = missing(Wish(python=kernels / "gone"))
    assert (result.name, result.hint) == (str(kernels / "gone"), f"{kernels}/gone is not there")


def test_a_project_s_environment_is_used_once_it_is_trusted_and_never_run_before(
    kernels: Path, tmp_path: Path
) -> None:
    prefix = make_environment(tmp_path / "reef" / ".venv")
    wish = Wish(notebook="python3", language="python", folder=tmp_path / "reef")
    assert chosen(wish).origin is Origin.OWN
    result = chosen(wish, lambda place: place == prefix)
    assert (result.origin, result.environment) == (Origin.ENVIRONMENT, "reef/.venv")
    assert not was_run(tmp_path)


def test_a_trusted_environment_farther_up_is_used_where_the_nearest_is_not_trusted(
    kernels: Path, tmp_path: Path
) -> None:
    far = make_environment(tmp_path / "reef" / ".venv")
    make_environment(tmp_path / "reef" / "deep" / ".venv")
    result = chosen(Wish(folder=tmp_path / "reef" / "deep"), lambda place: place == far)
    assert result.environment == "reef/.venv"


def test_an_active_environment_is_meant_before_the_project_s(
    kernels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(make_environment(tmp_path / "active")))
    make_environment(tmp_path / ".venv")
    assert chosen(Wish(folder=tmp_path), lambda _: True).environment == "active"


def test_a_project_s_environment_never_stands_in_for_another_language(kernels: Path, tmp_path: Path) -> None:
    make_environment(tmp_path / ".venv")
    result = choose(Wish(language="R", folder=tmp_path), lambda _: True)
    assert isinstance(result, Missing)


def test_what_is_chosen_is_launched_in_the_folder_and_knows_its_environment(
    kernels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(make_environment(kernels / "ml")))
    launch = chosen(Wish()).launch("/data")
    assert (launch.name, launch.cwd, launch.environment) == ("python3", "/data", "ml")


def test_a_python3_that_somebody_installed_is_the_notebook_s(kernels: Path) -> None:
    install(kernels, "python3", argv=["/opt/python", "-m", "ipykernel_launcher"], language="python")
    result = chosen(Wish(notebook="python3", language="python"))
    assert (result.origin, result.spec.argv[0]) == (Origin.NOTEBOOK, "/opt/python")


def test_a_bare_python_means_that_of_the_kernelspec_s_prefix(kernels: Path, tmp_path: Path) -> None:
    prefix = make_environment(tmp_path / "env")
    directory = prefix / "share" / "jupyter" / "kernels"
    directory.mkdir(parents=True)
    install(directory, "theirs", argv=["python", "-m", "ipykernel_launcher"])
    (kernels / "theirs").symlink_to(directory / "theirs")
    install(kernels, "nobodys", argv=["python3", "-m", "bash_kernel"])
    theirs, nobodys = find("theirs"), find("nobodys")
    assert nobodys is not None
    assert nobodys.argv[0] == sys.executable
    assert theirs is not None
    assert theirs.argv[0] == str(prefix / "bin" / "python")


@pytest.mark.parametrize(
    ("wish", "hint"),
    [
        (Wish(notebook="bash"), "pip install bash_kernel; python -m bash_kernel.install"),
        (Wish(notebook="my-r", language="R"), "IRkernel"),
        (Wish(notebook="julia-1.10"), "IJulia"),
        (Wish(language="cobol"), "--kernel NAME"),
    ],
)
def test_another_language_without_its_kernel_says_how_to_get_it(kernels: Path, wish: Wish, hint: str) -> None:
    assert hint in missing(wish).hint


def test_a_kernel_that_another_program_must_start_is_missing_and_says_so(kernels: Path) -> None:
    metadata = {"kernel_provisioner": {"provisioner_name": "slurm"}}
    install(kernels, "far", metadata=metadata)
    assert "slurm" in missing(Wish(asked="far")).hint
