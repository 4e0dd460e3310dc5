"""Which installed kernelspecs cannot be started, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernelbridge.installed import installed, problem_of
from kernelbridge.keeper.local.kernelspecs import KernelSpec


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "kernel"
    path.touch()
    path.chmod(0o755)
    return path


def test_a_program_that_is_there_can_be_started(program: Path) -> None:
    assert problem_of(KernelSpec("one", (str(program), "{connection_file}"))) == ""


def test_a_program_beside_its_kernelspec_can_be_started(program: Path) -> None:
    spec = KernelSpec("one", ("{resource_dir}/kernel",), resource_dir=program.parent)
    assert problem_of(spec) == ""


def test_a_program_on_the_kernelspec_s_own_path_can_be_started(program: Path) -> None:
    assert problem_of(KernelSpec("one", ("kernel",), env={"PATH": str(program.parent)})) == ""


@pytest.mark.parametrize("program", ["/gone/kernel", "surely-no-such-program"])
def test_a_program_that_is_gone_is_named(program: str) -> None:
    assert problem_of(KernelSpec("one", (program,))) == f"its program {program} is not there"


def test_a_kernelspec_for_another_starter_says_which(program: Path) -> None:
    assert "slurm" in problem_of(KernelSpec("one", (str(program),), provisioner="slurm"))


def test_our_own_kernel_is_always_listed() -> None:
    assert "python3" in {each.spec.name for each in installed()}
