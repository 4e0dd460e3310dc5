"""Jupyter's trust in a notebook, kept when it is saved here, and never given.

Jupyter signs what a user trusts: an HMAC over the notebook with a secret of the user's, kept in a database
(nbformat, `sign.py`). What is drawn in a terminal needs no trust. But what was trusted is to be so after a
save, unless an output came into it that neither was in it before nor was printed by a run of this user's.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData, ExecuteResult, Output

if TYPE_CHECKING:
    import sqlite3

    from kernelbridge.outputs import JsonValue
    from tui.document.notebook import Notebook

_ALGORITHM = "sha256"
_PATIENCE = 5.0
"""Seconds for another program that writes the database."""


def is_all_known(saved: Notebook, before: Notebook, printed: Iterable[Output]) -> bool:
    """Whether each output that Jupyter would distrust was in the notebook before, or was printed by a run."""
    known = [*_rich(output for cell in before.cells for output in cell.outputs), *_rich(printed)]
    identities = {id(output) for output in known}
    return all(
        id(output) in identities or output in known
        for output in _rich(output for cell in saved.cells for output in cell.outputs)
    )


def keep_trust(before: bytes, saved: bytes) -> bool:
    """Sign the saved text if the one before is signed; whether it was. May take long, on any thread."""
    import sqlite3

    from jupyter_core.paths import jupyter_data_dir

    folder = Path(jupyter_data_dir())
    database = folder / "nbsignatures.db"
    try:
        secret = (folder / "notebook_secret").read_bytes()
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=rw", timeout=_PATIENCE, uri=True)) as opened:
            if not _is_there(opened, _signature(before, secret)):
                return False
            signature = _signature(saved, secret)
            if not _is_there(opened, signature):
                opened.execute(
                    "INSERT INTO nbsignatures (algorithm, signature, last_seen) VALUES (?, ?, ?)",
                    (_ALGORITHM, signature, datetime.now(UTC).isoformat()),
                )
                opened.commit()
            return True
    except (OSError, sqlite3.Error, ValueError, TypeError, RecursionError):
        return False  # without a database, or with a damaged one, there is no trust to be kept


def _is_there(opened: sqlite3.Connection, signature: str) -> bool:
    found = opened.execute(
        "SELECT id FROM nbsignatures WHERE algorithm = ? AND signature = ?", (_ALGORITHM, signature)
    ).fetchone()
    return found is not None


def _signature(data: bytes, secret: bytes) -> str:
    """As Jupyter computes it, of the file's text. Raises ValueError where it has none."""
    content: JsonValue = json.loads(data)
    if not isinstance(content, dict):
        raise TypeError("no notebook")
    metadata = content.get("metadata")
    if isinstance(metadata, dict):
        content = {**content, "metadata": {key: metadata[key] for key in metadata if key != "signature"}}
    digest = hmac.new(secret, digestmod=_ALGORITHM)
    for part in _parts(content):
        digest.update(part)
    return digest.hexdigest()


def _parts(value: JsonValue) -> Iterator[bytes]:
    """All of it in order; a text in one string or in a list of lines is the same."""
    match value:
        case dict():
            for key in sorted(value):
                yield key.encode()
                yield from _parts(value[key])
        case list():
            for element in value:
                yield from _parts(element)
        case _:
            yield str(value).encode()


def _rich(outputs: Iterable[Output]) -> list[Output]:
    return [output for output in outputs if isinstance(output, DisplayData | ExecuteResult)]
