"""All kernels as one list: in which order, what each says of itself, and what choosing it leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernelbridge.environments import EnvironmentKind
from kernelbridge.foundkernels import Elsewhere, RunningKeeper
from kernelbridge.installed import Installed
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.keeper.local.kernelspecs import KernelSpec, own
from kernelbridge.kernelchoices import (
    Candidates,
    EnvironmentChoice,
    InstalledChoice,
    JoinKeeper,
    KeepCurrent,
    KeeperChoice,
    Section,
    ServerChoice,
    choices,
)
from kernelchoosing import (
    ALL,
    BASH,
    CONDA,
    GONE,
    KEEPER,
    NATIVE,
    NEW_ON_SERVER,
    NO_ANSWER,
    ON_SERVER,
    PROJECT,
    R,
    environment,
)

HERE = Candidates("/data")


def test_what_runs_comes_first_then_the_notebook_s_then_what_is_near_then_the_rest() -> None:
    assert [(each.section, each.title) for each in choices(ALL)] == [
        (Section.NOW, "Python 3"),
        (Section.NOTEBOOK, "Python 3 (ipykernel)"),
        (Section.NEAR, "Python 3 (reef)"),
        (Section.INSTALLED, "Bash"),
        (Section.INSTALLED, "R"),
        (Section.ENVIRONMENTS, "Python 3 (geo)"),
        (Section.KEPT, "Python 3 (gpu)"),
        (Section.SERVERS, "Python 3"),
        (Section.SERVERS, "R"),
        (Section.SERVERS, "hub"),
        (Section.UNUSABLE, "Julia"),
    ]


def test_where_nothing_was_found_there_is_nothing_to_choose() -> None:
    assert choices(HERE) == ()


@pytest.mark.parametrize(
    ("language", "titles"), [("r", ["R", "Bash"]), ("bash", ["Bash", "R"]), ("", ["Bash", "R"])]
)
def test_what_speaks_the_notebook_s_language_comes_before_what_does_not(
    language: str, titles: list[str]
) -> None:
    found = choices(replace(HERE, language=language, installed=(BASH, R)))
    assert [each.title for each in found] == titles


def test_a_kernelspec_says_its_name_its_program_and_its_language() -> None:
    (choice,) = choices(replace(HERE, installed=(R,), shorten=lambda path: f"~{path}"))
    assert isinstance(choice, InstalledChoice)
    assert (choice.title, choice.detail, choice.language) == ("R", "ir · ~/usr/bin/R", "R")
    assert choice.launch == R.spec.launch("/data")


def test_our_own_kernelspec_says_that_it_is_ours() -> None:
    spec = own()
    assert spec is not None
    (choice,) = choices(replace(HERE, installed=(Installed(spec),)))
    assert choice.detail.startswith("python3 · tnb's own · ")


def test_a_kernelspec_without_a_name_for_people_goes_by_its_own() -> None:
    (choice,) = choices(replace(HERE, installed=(Installed(KernelSpec("sh", ("/bin/sh",))),)))
    assert choice.title == "sh"


def test_a_kernelspec_that_cannot_be_started_is_listed_last_and_says_why_even_if_the_notebook_names_it() -> (
    None
):
    *_, last = choices(replace(HERE, notebook="julia", installed=(GONE, R)))
    assert (last.title, last.section) == ("Julia", Section.UNUSABLE)
    assert last.problem == last.detail == "its program /gone/julia is not there"


def test_an_environment_is_launched_by_its_own_python_and_knows_its_name() -> None:
    (choice,) = choices(replace(HERE, environments=(PROJECT,)))
    assert isinstance(choice, EnvironmentChoice)
    assert choice.detail == "project · /home/ada/reef/bin/python"
    assert (choice.launch.argv[0], choice.launch.environment) == ("/home/ada/reef/bin/python", "reef")
    assert choice.environment is PROJECT


def test_an_environment_that_a_kernelspec_starts_is_not_listed_twice() -> None:
    spec = KernelSpec("geo", (str(CONDA.python), "-m", "ipykernel_launcher"), "Geo", "python")
    found = choices(replace(HERE, installed=(Installed(spec),), environments=(CONDA, PROJECT)))
    assert [each.title for each in found] == ["Python 3 (reef)", "Geo"]


@pytest.mark.parametrize("problem", ["", "gone"])
def test_an_environment_whose_python_runs_a_kernel_of_another_language_is_listed(problem: str) -> None:
    argv = (str(CONDA.python), "-m", "ipykernel_launcher" if problem else "bash_kernel")
    found = choices(
        replace(HERE, installed=(Installed(KernelSpec("b", argv), problem),), environments=(CONDA,))
    )
    assert "Python 3 (geo)" in [each.title for each in found]


def test_the_active_environment_is_near() -> None:
    active = environment("/opt/ml", EnvironmentKind.ACTIVE)
    (choice,) = choices(replace(HERE, environments=(active,)))
    assert choice.section is Section.NEAR


def test_what_runs_now_is_not_offered_again_where_it_is_known_how_it_was_started() -> None:
    assert ALL.now is not None
    now = replace(ALL.now, launch=NATIVE.spec.launch("/elsewhere"))
    found = choices(replace(HERE, now=now, installed=(NATIVE, BASH)))
    assert [each.title for each in found] == ["Python 3", "Bash"]
    assert isinstance(found[0], KeepCurrent)


def test_a_kernel_of_a_server_or_of_another_notebook_that_runs_now_is_not_offered_again() -> None:
    assert ALL.now is not None
    others = Elsewhere((KEEPER,), (NEW_ON_SERVER, ON_SERVER))
    joined = replace(ALL.now, keeper=KEEPER.id)
    found = choices(replace(HERE, now=joined, elsewhere=others))
    assert [each.section for each in found] == [Section.NOW, Section.SERVERS, Section.SERVERS]
    on_server = replace(ALL.now, launch=ServerLaunch("https://lab", name="ir", kernel_id=ON_SERVER.kernel_id))
    found = choices(replace(HERE, now=on_server, elsewhere=others))
    assert [(each.section, each.title) for each in found] == [
        (Section.NOW, "Python 3"),
        (Section.KEPT, "Python 3 (gpu)"),
        (Section.SERVERS, "Python 3"),
    ]


def test_a_kept_kernel_says_for_which_notebook_it_runs_and_is_joined_by_its_keeper() -> None:
    (choice,) = choices(replace(HERE, elsewhere=Elsewhere((KEEPER,))))
    assert isinstance(choice, KeeperChoice)
    assert choice.detail == "busy · /home/ada/delays.ipynb · 3fa81c07"
    assert choice.launch == JoinKeeper("3fa81c07")


def test_a_kept_kernel_without_a_notebook_or_on_another_machine_says_so() -> None:
    keeper = RunningKeeper("3fa81c07", "", "R", "idle", "gpu01")
    (choice,) = choices(replace(HERE, elsewhere=Elsewhere((keeper,))))
    assert choice.detail == "idle · no notebook · on gpu01 · 3fa81c07"


def test_a_server_s_kernel_is_started_by_name_or_joined_by_id() -> None:
    new, running, dead = choices(
        replace(HERE, elsewhere=Elsewhere((), (NEW_ON_SERVER, ON_SERVER, NO_ANSWER)))
    )
    assert isinstance(new, ServerChoice)
    assert isinstance(running, ServerChoice)
    assert (new.detail, new.launch) == ("lab · new", ServerLaunch("https://lab.example.org", name="python3"))
    assert running.detail == "lab · idle · 8b1f00aa"
    assert running.launch == ServerLaunch("https://lab.example.org", name="ir", kernel_id="8b1f00aa-77")
    assert (dead.title, dead.detail, dead.problem) == ("hub", "it does not answer", "it does not answer")
