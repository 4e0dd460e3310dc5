"""What the command line of `tnb` said, read at once where it is only a notebook's path, as mostly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kernelbridge.sshaddress import SshAddress, is_ssh_url
from tui.options import DefaultKernel, KernelChoice


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line said."""

    notebook: Path | SshAddress
    """On this machine, or on another, with the path there; or a folder to choose in, this one unless said."""
    kernel: KernelChoice
    theme: str | None
    """The name of a theme that there is; None for the configured one."""


def understood(words: Sequence[str]) -> Arguments:
    """What the words say. Raises SystemExit as `tui.cli.arguments.parse` does, by which most are read."""
    if len(words) == 1 and words[0] and not words[0].startswith("-") and not is_ssh_url(words[0]):
        return Arguments(Path(words[0]), DefaultKernel(), None)
    from tui.cli.arguments import parse

    return parse(words)
