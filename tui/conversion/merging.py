"""Two notebooks that came from a third made one, by nbdime."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final

from tui.conversion.errors import ConversionError
from tui.document.rekeying import with_keys_of
from tui.files.notebookfile import NotebookFile, given
from tui.lean.libraries import missing

_SLOW: Final = "rfc3987_syntax"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it."""

    data: bytes
    """The local file's own, where nothing came from the remote one."""
    conflicts: int
    """Places where both had changed the same; the text has both there, marked."""


def merged(base: NotebookFile, local: NotebookFile, remote: NotebookFile) -> Merged:
    """The local notebook with what the remote one changed. Raises ConversionError and CannotSave."""
    told, decisions = _by_nbdime(*(each.data.decode("utf-8", "replace") for each in (base, local, remote)))
    found = given(local.path.with_suffix(".ipynb"), json.dumps(told).encode()).notebook
    found = with_keys_of(found, local.notebook)
    found = replace(found, nbformat=local.notebook.nbformat, nbformat_minor=local.notebook.nbformat_minor)
    return Merged(local.encode(found), sum(bool(each.get("conflict")) for each in decisions))


def _by_nbdime(*notebooks: str) -> tuple[Any, list[Any]]:
    with missing(_SLOW), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            nbformat, nbdime = import_module("nbformat"), import_module("nbdime.merging")
        except ModuleNotFoundError as error:
            help_ = "pip install 'tnb[git]' installs it"
            raise ConversionError(f"merging needs {error.name}, which is not installed: {help_}") from error
        try:
            return nbdime.merge_notebooks(*(nbformat.reads(each, as_version=4) for each in notebooks))
        except Exception as error:  # other people's code, on other people's notebooks
            raise ConversionError(f"nbdime: {' '.join(str(error).split())[:300]}") from error
