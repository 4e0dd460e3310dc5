"""Parameters for a notebook: as they are said on a command line or in a file, typed as papermill does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from kernelbridge.outputs import JsonValue

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_WORDS: Mapping[str, JsonValue] = {
    "True": True,
    "true": True,
    "False": False,
    "false": False,
    "None": None,
    "null": None,
}
_LONGEST_NUMBER = 4000
"""Digits; Python refuses to read longer ones."""


class ParameterError(ValueError):
    """It is no parameter, or no file of such; its text is one line for a person."""


def typed(text: str) -> tuple[str, JsonValue]:
    """`name=value`, the value a number, a truth value, None, a list or an object where it reads as one."""
    name, value = raw(text)
    return name, _typed_value(value)


def raw(text: str) -> tuple[str, str]:
    """`name=value`, the value a text whatever it says. Raises ParameterError."""
    name, is_given, value = text.partition("=")
    if not is_given:
        raise ParameterError(f"{text!r} is not like name=value")
    if not value.isprintable() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ParameterError(f"the value of {name!r} is not UTF-8")
    return checked_name(name), value


def checked_name(name: str) -> str:
    """A name that can be one of a variable: it becomes code as it is. Raises ParameterError."""
    if not _NAME.fullmatch(name):
        raise ParameterError(f"{name!r} cannot be the name of a variable")
    return name


def read_parameters(path: Path) -> dict[str, JsonValue]:
    """The parameters of a file: JSON, TOML, or YAML where a reader of that is installed.

    Raises ParameterError.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParameterError(f"{path}: its text is not UTF-8") from None
    except OSError as error:
        raise ParameterError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    try:
        found = _read(path, text)
    except (ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise ParameterError(f"{path}: {problem}") from None
    if not isinstance(found, dict):
        raise ParameterError(f"{path}: it is to hold names with values")
    named = cast("dict[object, object]", found)
    return {checked_name(str(name)): _plain(value, path) for name, value in named.items()}


def _read(path: Path, text: str) -> object:
    """What the file says. Raises ValueError."""
    match path.suffix.lower():
        case ".toml":
            import tomllib

            return tomllib.loads(text)
        case ".yaml" | ".yml":
            return _read_yaml(text)
        case _:
            return json.loads(text)


def _read_yaml(text: str) -> object:
    try:
        import yaml
    except ImportError:
        raise ParameterError("YAML needs PyYAML (pip install pyyaml); JSON and TOML need nothing") from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _typed_value(text: str) -> JsonValue:
    if text in _WORDS:
        return _WORDS[text]
    if text[:1] in ("[", "{"):
        try:
            return cast("JsonValue", json.loads(text))
        except (ValueError, RecursionError):
            return text
    if len(text) < _LONGEST_NUMBER:
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
    return text


def _plain(value: object, path: Path) -> JsonValue:
    """The value as JSON has it; a date becomes its text. Raises ParameterError."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_plain(item, path) for item in cast("Iterable[object]", value)]
        case dict():
            named = cast("Mapping[object, object]", value)
            return {str(name): _plain(item, path) for name, item in named.items()}
        case _:
            return str(value)
