"""What a notebook says that it needs, in comments of its first code cell: PEP 723, as juv and uv write it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

_BLOCK: Final = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
_KERNEL: Final = """
import sys

sys.path[0] = ""
from ipykernel.kernelapp import launch_new_instance

launch_new_instance()
"""


@dataclass(frozen=True, slots=True)
class ScriptMetadata:
    """The requirements that stand in a block of comments."""

    block: str
    """The comments, as they are."""
    dependencies: tuple[str, ...]
    requires_python: str
    """Empty where it does not matter."""

    @property
    def script(self) -> str:
        """A script with the same requirements, and what uv is told of them, that is a kernel."""
        return f"{self.block}\n{_KERNEL}"

    @property
    def script_name(self) -> str:
        """A name for its file: other requirements, another name."""
        return f"uv-kernel-{sha256(self.script.encode()).hexdigest()[:16]}.py"


def script_metadata(source: str) -> ScriptMetadata | None:
    """What the source of a cell says; None where it says nothing, or nothing that can be read."""
    blocks = [found for found in _BLOCK.finditer(source + "\n") if found["type"] == "script"]
    if len(blocks) != 1:
        return None
    lines = blocks[0]["content"].splitlines()
    try:
        said = tomllib.loads("\n".join(line.removeprefix("#").removeprefix(" ") for line in lines))
    except (ValueError, RecursionError):
        return None
    named, python = (
        cast("object", said.get("dependencies", [])),
        cast("object", said.get("requires-python", "")),
    )
    listed = cast("list[object]", named) if isinstance(named, list) else []
    dependencies = tuple(each for each in listed if isinstance(each, str))
    return ScriptMetadata(blocks[0][0], dependencies, python if isinstance(python, str) else "")
