"""What a kernel answers to a question that a frontend asked, one frozen dataclass each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernelbridge.outputs import MimeBundle


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    text: str
    kind: str = ""
    """`function`, `module`, ... where the kernel says so."""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """What could stand between two offsets of the code, counted in code points."""

    matches: tuple[Completion, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the kernel knows of the name at the cursor; empty when it knows nothing."""

    data: MimeBundle


@dataclass(frozen=True, slots=True)
class PastInputs:
    """What was run before, in this session and in earlier ones, the oldest first."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What expressions came to, by the names that they were asked under."""

    values: Mapping[str, MimeBundle]
    errors: Mapping[str, str]
    """Of those that raised: the name of the error, and what it says."""
