"""The keeper's package as it is sent to another machine: all its text, and a name for just that."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_SETTLING = _ROOT / "keeper" / "settling.py"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent."""

    data: bytes
    digest: str
    """SHA-256 of what `data` unpacks to, in hexadecimal."""
    settling: str
    """The program that unpacks it there."""


@lru_cache(maxsize=1)
def parcel() -> Parcel:
    """The package of this very tnb: `kernelbridge/__init__.py` and `kernelbridge/keeper`."""
    paths = [_ROOT / "__init__.py", *sorted((_ROOT / "keeper").rglob("*.py"))]
    files = {path.relative_to(_ROOT.parent).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    # As settling.py spells it when it looks at what is there.
    text = json.dumps(files, sort_keys=True, separators=(",", ":")).encode("ascii")
    return Parcel(
        zlib.compress(text, 9), hashlib.sha256(text).hexdigest(), _SETTLING.read_text(encoding="utf-8")
    )
