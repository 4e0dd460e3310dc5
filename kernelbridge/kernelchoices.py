"""All kernels that a notebook could run on as one ordered list, made of what was found. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from kernelbridge.environments import Environment, EnvironmentKind
from kernelbridge.foundkernels import Elsewhere, KernelOnServer, RunningNow
from kernelbridge.installed import Installed
from kernelbridge.keeper.launches import InterruptMode, LocalLaunch, ServerLaunch
from kernelbridge.keeper.local.kernelspecs import KernelSpec, is_own
from kernelbridge.scriptmetadata import ScriptMetadata


class Section(Enum):
    """Where a choice stands in the list; the value is the heading that people see."""

    NOW = "Runs now"
    NOTEBOOK = "The notebook's own"
    NEAR = "Environments here"
    INSTALLED = "Installed kernels"
    ENVIRONMENTS = "Other environments"
    KEPT = "Running for other notebooks"
    SERVERS = "On servers"
    UNUSABLE = "Cannot be started"


@dataclass(frozen=True, slots=True)
class JoinKeeper:
    """To be attached to a keeper that is there already, in place of a launch."""

    keeper_id: str


@dataclass(frozen=True, slots=True)
class KeepCurrent:
    """What runs goes on: nothing is to be done."""

    title: str
    detail: str
    language: str = ""
    section: Section = Section.NOW
    problem: str = ""


@dataclass(frozen=True, slots=True)
class InstalledChoice:
    """A kernelspec of this machine."""

    title: str
    detail: str
    launch: LocalLaunch
    section: Section = Section.INSTALLED
    problem: str = ""

    @property
    def language(self) -> str:
        """The language of its code."""
        return self.launch.language


@dataclass(frozen=True, slots=True)
class EnvironmentChoice:
    """A Python environment without a kernelspec."""

    title: str
    detail: str
    launch: LocalLaunch
    environment: Environment
    section: Section = Section.ENVIRONMENTS
    problem: str = ""

    @property
    def language(self) -> str:
        """The language of its code."""
        return self.launch.language


@dataclass(frozen=True, slots=True)
class KeeperChoice:
    """A kernel that runs for another notebook."""

    title: str
    detail: str
    launch: JoinKeeper
    language: str = ""
    section: Section = Section.KEPT
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """A kernel on a server, to be started or joined; its launch lacks the token."""

    title: str
    detail: str
    launch: ServerLaunch
    kernel: KernelOnServer
    language: str = ""
    section: Section = Section.SERVERS
    problem: str = ""


@dataclass(frozen=True, slots=True)
class UvChoice:
    """The environment that the notebook's own requirements ask for, which uv makes when it is chosen."""

    title: str
    detail: str
    launch: LocalLaunch
    metadata: ScriptMetadata
    language: str = "python"
    section: Section = Section.NOTEBOOK
    problem: str = ""


Target: TypeAlias = LocalLaunch | JoinKeeper | ServerLaunch
"""What a choice leads to: something to launch, or to be attached to."""
Choice: TypeAlias = KeepCurrent | InstalledChoice | EnvironmentChoice | KeeperChoice | ServerChoice | UvChoice
"""Each has a title, a detail, a language and a section; one with a problem cannot be had, and says why."""


@dataclass(frozen=True, slots=True)
class UvScript:
    """A kernel as a script for uv."""

    metadata: ScriptMetadata
    path: str
    """Where the script is, or will be once it is chosen."""
    uv: str
    """The program; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found, and what matters for its order."""

    cwd: str
    """Where a kernel is to run."""
    now: RunningNow | None = None
    notebook: str = ""
    """The notebook's `metadata.kernelspec.name`."""
    language: str = ""
    """The notebook's language, where it says so."""
    installed: tuple[Installed, ...] = ()
    environments: tuple[Environment, ...] = ()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    script: UvScript | None = None
    """What the notebook says itself that it needs."""
    shorten: Callable[[str], str] = field(default=str, compare=False)
    """How paths are written for people."""


def choices(found: Candidates) -> tuple[Choice, ...]:
    """The list: section by section, within each what fits the notebook's language first."""
    here = [*_now(found), *_by_uv(found), *_installed(found), *_environments(found)]
    all_of_them = [*here, *_kept(found), *_served(found)]
    order = list(Section)
    language = found.language.lower()

    def place(choice: Choice) -> tuple[int, bool]:
        return order.index(choice.section), bool(language) and choice.language.lower() != language

    return tuple(sorted(all_of_them, key=place))


def _now(found: Candidates) -> Iterator[Choice]:
    now = found.now
    if now is not None:
        detail = _joined(now.state, now.environment or now.name)
        yield KeepCurrent(now.display_name or now.name, detail, now.language)


def _by_uv(found: Candidates) -> Iterator[Choice]:
    script = found.script
    if script is None:
        return
    metadata = script.metadata
    launch = LocalLaunch(
        "python3",
        (script.uv or "uv", "run", "--with", "ipykernel", "--script", script.path, "-f", "{connection_file}"),
        interrupt_mode=InterruptMode.MESSAGE,  # uv stands between it and a signal
        cwd=found.cwd,
        display_name="Python (uv)",
        language="python",
        environment="uv",
    )
    if _runs_now(found, launch):
        return
    needs = ", ".join(metadata.dependencies) or "no packages"
    python = f"Python {metadata.requires_python}" if metadata.requires_python else ""
    problem = "" if script.uv else "uv is not installed here: see https://docs.astral.sh/uv"
    detail = problem or _joined(needs, python)
    yield UvChoice("uv: from the notebook's own requirements", detail, launch, metadata, problem=problem)


def _installed(found: Candidates) -> Iterator[Choice]:
    for each in found.installed:
        spec, launch = each.spec, each.spec.launch(found.cwd)
        if _runs_now(found, launch):
            continue
        section = Section.INSTALLED
        if each.problem:
            section = Section.UNUSABLE
        elif spec.name == found.notebook.lower():
            section = Section.NOTEBOOK
        whose = "tnb's own" if is_own(spec) else ""
        detail = each.problem or _joined(spec.name, whose, found.shorten(spec.argv[0]))
        yield InstalledChoice(spec.display_name or spec.name, detail, launch, section, each.problem)


def _environments(found: Candidates) -> Iterator[Choice]:
    """Those that no kernelspec starts already."""
    started = {prefix for each in found.installed if not each.problem for prefix in _prefixes(each.spec)}
    for each in found.environments:
        spec = each.spec()
        launch = spec.launch(found.cwd, each.name)
        if each.prefix in started or _runs_now(found, launch):
            continue
        near = each.kind in (EnvironmentKind.ACTIVE, EnvironmentKind.PROJECT)
        section = Section.NEAR if near else Section.ENVIRONMENTS
        detail = _joined(each.kind.value, found.shorten(str(each.python)))
        yield EnvironmentChoice(spec.display_name, detail, launch, each, section)


def _prefixes(spec: KernelSpec) -> tuple[Path, ...]:
    """The environment whose ipykernel it starts; kernels for other languages are programs of theirs, too."""
    is_ipykernel = any(word.startswith("ipykernel") for word in spec.argv[1:])
    return (Path(spec.argv[0]).parent.parent,) if is_ipykernel else ()


def _kept(found: Candidates) -> Iterator[Choice]:
    for each in found.elsewhere.keepers:
        if found.now is not None and each.id == found.now.keeper:
            continue
        where = f"on {each.host}" if each.host else ""
        detail = _joined(each.state, found.shorten(each.notebook) or "no notebook", where, each.id)
        yield KeeperChoice(each.name, detail, JoinKeeper(each.id))


def _served(found: Candidates) -> Iterator[Choice]:
    for each in found.elsewhere.servers:
        launch = ServerLaunch(each.url, name=each.name, kernel_id=each.kernel_id)
        if _runs_now(found, launch):
            continue
        state = f"{each.state} · {each.kernel_id[:8]}" if each.kernel_id else "new"
        title = each.display_name or each.name or each.server
        detail = each.problem or _joined(each.server, state)
        yield ServerChoice(title, detail, launch, each, each.language, problem=each.problem)


def _runs_now(found: Candidates, launch: LocalLaunch | ServerLaunch) -> bool:
    """A kernel on a server is the same by its id; one of this machine where the same program is started."""
    match launch, found.now.launch if found.now is not None else None:
        case LocalLaunch(), LocalLaunch() as running:
            return (running.argv, running.env) == (launch.argv, launch.env)
        case ServerLaunch(), ServerLaunch() as running:
            return bool(launch.kernel_id) and running.kernel_id == launch.kernel_id
        case _:
            return False


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
