"""A notebook through nbconvert's chain: its text in, the exported text and the files beside it out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.export.chain.configured import loading, one_line_errors

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter


@dataclass(frozen=True, slots=True)
class Source:
    """The notebook to be exported."""

    path: Path
    """Where it is, or would be: its name is in titles, its folder is where templates look for pictures."""
    text: str | None = None
    """What is in it; None for what the file has."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it."""

    content: str | bytes
    suffix: str
    """Of a file to keep it in: ".html"."""
    files: Mapping[str, bytes]
    """Pictures and the like, which the content names by these paths."""

    @property
    def data(self) -> bytes:
        """The content as it is in a file; halves of characters, which notebooks may have, are replaced."""
        return self.content.encode("utf-8", "replace") if isinstance(self.content, str) else self.content


def export(exporter: Exporter, source: Source, name: str) -> Exported:
    """Export it as a file called `name`, without suffix, with others in `name_files`. Raises ExportError."""
    resources: dict[str, Any] = {
        "config_dir": _config_folder(),
        "unique_key": name,
        "output_files_dir": f"{name}_files",
    }
    with warnings.catch_warnings(), one_line_errors(str(source.path)), loading():
        warnings.simplefilter("ignore")  # what nbformat and libraries say to those who write them
        content, found = _run(exporter, source, resources)
    files: Mapping[str, bytes] = found.get("outputs") or {}
    return Exported(content, str(found.get("output_extension") or ""), dict(files))


def _run(exporter: Exporter, source: Source, resources: dict[str, Any]) -> tuple[Any, Any]:
    if source.text is None:
        return exporter.from_filename(str(source.path), resources=resources)
    resources["metadata"] = {"name": source.path.stem, "path": str(source.path.parent)}
    return exporter.from_file(io.StringIO(source.text), resources=resources)


def _config_folder() -> str:
    from jupyter_core.paths import jupyter_config_dir

    return jupyter_config_dir()
