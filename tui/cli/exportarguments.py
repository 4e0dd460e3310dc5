"""What `tnb export` is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

OWN: Final = {"text": ".txt", "ansi": ".ans"}
"""The formats that are tnb's own, as `tnb show` prints, and what their files end in."""
DEFAULT: Final = "html"


@dataclass(frozen=True, slots=True)
class ExportArguments:
    """What is to be exported, and how."""

    notebooks: tuple[Path | None, ...] = ()
    """None for what comes on standard input."""
    to: str = DEFAULT
    output: str | None = None
    """A file, a folder, or - for standard output; None for beside the notebook."""
    template: str | None = None
    config_file: Path | None = None
    has_input: bool = True
    has_prompts: bool = True
    removed_tags: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    executes: bool = False
    allows_errors: bool = False
    kernel: str | None = None
    timeout: float | None = None
    served_at: int | None = None
    """The port at which to serve slides; None for not at all."""
    called: Path = field(default_factory=lambda: Path("notebook.ipynb"))
    """The path of what comes on standard input."""
    width: int | None = None
    """In cells, of what tnb draws."""
    as_json: bool = False
    tells_progress: bool = False
    """Whether progress is told in lines even where nobody looks."""
    only_lists: bool = False


def is_folder(output: str) -> bool:
    """Whether that names a folder, there or to be made."""
    return output.endswith("/") or Path(output).is_dir()
