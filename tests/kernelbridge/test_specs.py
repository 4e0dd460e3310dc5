"""Which kernel a notebook gets, decided by looking at files alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from kernelbridge.specs import ChosenKernel, InterruptMode, Origin, Wish, all_specs, choose, find
from kernelbridge.state import Missing


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


def make_environment(prefix: Path, *, ipykernel: bool = True) -> Path:
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin" / "python").touch()
    packages = prefix / "lib" / "python3.11" / "site-packages"
    (packages / "ipykernel").mkdir(parents=True)
    if ipykernel:
        (packages / "ipykernel" / "__init__.py").touch()
    return prefix


def chosen(wish: Wish) -> ChosenKernel:
    result = choose(wish)
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
