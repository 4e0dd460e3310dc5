"""Values as TOML writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast


def toml_value(value: object) -> str:
    """A switch, a number, a text or a tuple of them as it may stand in a TOML file. Raises TypeError."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(map(toml_value, cast('tuple[object, ...]', value)))}]"
        case _:
            raise TypeError(f"{type(value).__name__} is nothing that a setting holds")


def toml_key(path: Sequence[str]) -> str:
    """A key as it may stand before `=`, with dots."""
    return ".".join(part if _is_bare(part) else toml_value(part) for part in path)


def _is_bare(part: str) -> bool:
    return part.isascii() and part.replace("-", "a").replace("_", "a").isalnum()
