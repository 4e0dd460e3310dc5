"""The licences of a package and of all that it needs, as their installed metadata says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from typing import Final

from packaging.requirements import Requirement

ALLOWED: Final = frozenset(
    (
        *("MIT", "MIT License", "MIT-CMU", "ISC", "ISC License (ISCL)", "0BSD"),
        *("BSD-2-Clause", "BSD-3-Clause", "BSD License", "PSF-2.0", "Python Software Foundation License"),
        *("Apache-2.0", "Apache 2.0", "Apache Software License", "Unlicense", "The Unlicense (Unlicense)"),
    )
)
"""As SPDX names them, and as older metadata does: none asks anything of who uses tnb but its notice."""


def licences(package: str, extras: Sequence[str] = ()) -> dict[str, str]:
    """By name, of all that is installed with it; empty where the metadata names none."""
    found: dict[str, str] = {}
    waiting = [(package, tuple(extras))]
    while waiting:
        name, wanted = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        try:
            one = distribution(name)
        except PackageNotFoundError:  # for another system
            continue
        if key in found:
            continue
        found[key] = _licence(one.metadata)
        for text in one.requires or ():
            needed = Requirement(text)
            marker = needed.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                waiting.append((needed.name, tuple(needed.extras)))
    return found


def unwelcome(found: Mapping[str, str]) -> dict[str, str]:
    """Those that are not on the list; of several that one may choose from, one has to be."""
    return {
        name: licence
        for name, licence in found.items()
        if not any(each.strip("() ") in ALLOWED or each in ALLOWED for each in licence.split(" OR "))
    }


def _licence(metadata: PackageMetadata) -> str:
    fields = dict(metadata.items())
    if expression := fields.get("License-Expression"):
        return expression
    classified = [
        value.rpartition(" :: ")[2]
        for name, value in metadata.items()
        if name == "Classifier" and value.startswith("License ::")
    ]
    return " OR ".join(classified) or fields.get("License", "").partition("\n")[0]
