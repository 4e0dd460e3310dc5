"""What tnb exports is what nbconvert itself makes of the same notebook, up to ids that it draws at random.

A few of the corpus beside the project in each run, all of it where `TNB_SOAK_EXPORT` is set: `make soak`.
"""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path
from typing import Any, Final

import pytest
from nbconvert.exporters import get_exporter
from traitlets.config import Config

from notebook_corpus import ARCHIVE, corpus
from programs import require_program
from tui.export.chain.configured import Chain, configuration, exporter_named
from tui.export.chain.errors import ExportError
from tui.export.chain.exporting import Source, export

EXAMPLES: Final = sorted((Path(__file__).parents[3] / "examples").glob("*.ipynb"))
BY_PANDOC: Final = {"rst", "latex"}
IS_LONG: Final = bool(os.environ.get("TNB_SOAK_EXPORT"))
SAMPLE: Final = 40
"""Of how many notebooks of the corpus one is taken."""
PANDOC_SAMPLE: Final = 105
RANDOM_ID: Final = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<=cell-id=)[0-9a-f]{8}\b")


def own(to: str, path: Path) -> tuple[Any, ...]:
    """What nbconvert's own exporter makes of it, or how it fails."""
    exporter = get_exporter(to, Config())(config=Config())
    resources = {"unique_key": path.stem, "output_files_dir": f"{path.stem}_files"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text, found = exporter.from_filename(str(path), resources=resources)
        except Exception as error:  # noqa: BLE001 - whatever it is, ours must fail by the same
            return (type(error),)
    return without_random(text), found["output_extension"], found.get("outputs") or {}


def ours(to: str, path: Path) -> tuple[Any, ...]:
    """What tnb makes of it, or by which kind of error it fails, in one line."""
    try:
        exported = export(exporter_named(to, configuration(Chain())), Source(path), path.stem)
    except ExportError as error:
        return (type(error.__cause__), *str(error).splitlines()[1:])
    return without_random(str(exported.content)), exported.suffix, dict(exported.files)


def without_random(text: str) -> str:
    """The text with ids that are drawn anew each time numbered by their place."""
    seen: dict[str, str] = {}
    return RANDOM_ID.sub(lambda found: seen.setdefault(found[0], f"id-{len(seen)}"), text)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The notebooks of the corpus, none where it is not there."""
    folder = tmp_path_factory.mktemp("corpus")
    paths: list[Path] = []
    for name, data in corpus() if ARCHIVE.exists() else ():
        paths.append(folder / name.replace("/", "__"))
        paths[-1].write_bytes(data)
    return paths


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("to", ["html", "markdown", "rst", "latex", "script"])
def test_it_is_what_nbconvert_makes_of_it(to: str, unpacked: list[Path]) -> None:
    if to in BY_PANDOC:
        require_program("pandoc")
    step = 1 if IS_LONG else PANDOC_SAMPLE if to in BY_PANDOC else SAMPLE
    notebooks = [*EXAMPLES, *unpacked[::step]]
    assert [path.name for path in notebooks if ours(to, path) != own(to, path)] == []
