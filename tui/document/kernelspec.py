"""What a notebook's metadata says of its kernel, and what it is to say once another is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class NamedKernelspec:
    """A kernelspec as a notebook names it."""

    name: str
    display_name: str
    language: str = ""


def kernelspec_of(metadata: JsonObject) -> NamedKernelspec:
    """The kernelspec that the notebook names; its texts are empty where it says nothing."""
    spec, info = metadata.get("kernelspec"), metadata.get("language_info")
    language = _text(spec, "language") or _text(info, "name")
    return NamedKernelspec(_text(spec, "name"), _text(spec, "display_name"), language)


def with_kernelspec(metadata: JsonObject, chosen: NamedKernelspec) -> JsonObject:
    """The metadata with that kernelspec; the same object where it has one of that name already.

    What else the file has in it stays, but for `language_info` of another language, which the kernel before
    said of itself.
    """
    if kernelspec_of(metadata).name.lower() == chosen.name.lower():
        return metadata
    old = metadata.get("kernelspec")
    spec = {**old} if isinstance(old, Mapping) else {}
    spec |= {"name": chosen.name, "display_name": chosen.display_name or chosen.name}
    spec.pop("language", None)
    if chosen.language:
        spec["language"] = chosen.language
    changed = {**metadata, "kernelspec": spec}
    said = _text(metadata.get("language_info"), "name").lower()
    if said and chosen.language and said != chosen.language.lower():
        del changed["language_info"]
    return changed


def _text(holder: JsonValue, key: str) -> str:
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if isinstance(value, str) else ""
