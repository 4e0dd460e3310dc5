"""What a setting is: a field of a configuration that says how it is read and what it means.

Reading `config.toml`, its documentation, `tnb config show` and the screen of settings all go by these fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import reduce
from typing import Any, Final, TypeAlias, TypeVar, cast

from tui.settingvalues import nearest

_T = TypeVar("_T")
Path: TypeAlias = tuple[str, ...]
"""Where a setting stands in the tables of the file; a place in an array is a number, as text."""
_MEANING: Final = "meaning"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a field of a configuration says of itself."""

    read: Callable[[object], object]
    about: str
    choices: tuple[object, ...]
    is_matter_of_taste: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of those that there are."""

    path: Path
    default: object
    read: Callable[[object], object]
    """What a value in the file means. Raises ValueError, in words that follow the setting's name."""
    about: str
    """What it does, in Markdown."""
    choices: tuple[object, ...]
    """Values to choose from; empty where there are too many."""
    is_matter_of_taste: bool
    """Whether only a person who looks at it can say what is right."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        return ".".join(self.path)


class BadSettingError(Exception):
    """A setting that cannot be used, and where it is in the tables of the file."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(problem)
        self.path = path
        self.problem = problem


def setting(default: _T, read: Callable[[object], _T], about: str, choices: Sequence[_T] = ()) -> _T:
    """A field of a configuration: its default, how it is read, and what it does."""
    meaning = _Meaning(read, about, tuple(choices), is_matter_of_taste=False)
    return field(default=default, metadata={_MEANING: meaning})


def taste(default: _T, read: Callable[[object], _T], about: str, choices: Sequence[_T]) -> _T:
    """As `setting`, for what only a person who looks at it can judge."""
    meaning = _Meaning(read, about, tuple(choices), is_matter_of_taste=True)
    return field(default=default, metadata={_MEANING: meaning})


def settings_of(table: type, path: Path = ()) -> Iterator[Setting]:
    """The settings of a configuration and of the tables in it, in order."""
    for one in fields(table):
        meaning = one.metadata.get(_MEANING)
        here = (*path, one.name)
        if isinstance(meaning, _Meaning):
            yield Setting(
                here, one.default, meaning.read, meaning.about, meaning.choices, meaning.is_matter_of_taste
            )
        elif isinstance(one.default_factory, type) and is_dataclass(one.default_factory):
            yield from settings_of(one.default_factory, here)


def value_of(config: object, path: Path) -> object:
    """What a configuration has for the setting at `path`."""
    return reduce(getattr, path, config)


def with_value_at(config: _T, path: Path, value: object) -> _T:
    """The configuration with another value for the setting at `path`."""
    name, *rest = path
    inner = with_value_at(getattr(config, name), tuple(rest), value) if rest else value
    return replace(cast("Any", config), **{name: inner})


def read_table(kind: type[_T], value: object, path: Path = (), **others: object) -> _T:
    """A configuration of that kind as a table of the file says; `others` are fields that are read already.

    Raises BadSettingError.
    """
    table = as_table(value, path, f"{written(path)} must be a table of settings")
    known = {one.name: one for one in fields(cast("Any", kind))}
    for name in table:
        if name not in known:
            here = (*path, name)
            raise BadSettingError(here, f"unknown setting {written(here)!r}{nearest(name, [*known])}")
    values: dict[str, Any] = dict(others)
    for name, one in known.items():
        if name not in table or name in others:
            continue
        meaning = one.metadata.get(_MEANING)
        if isinstance(meaning, _Meaning):
            values[name] = _read(meaning.read, table[name], (*path, name))
        elif isinstance(one.default_factory, type):
            values[name] = read_table(one.default_factory, table[name], (*path, name))
    return kind(**values)


def as_table(value: object, path: Path, problem: str) -> Mapping[str, object]:
    """A value of the file that has to be a table. Raises BadSettingError."""
    if not isinstance(value, dict):
        raise BadSettingError(path, problem)
    return cast("Mapping[str, object]", value)


def written(path: Path) -> str:
    """A setting as a person calls it; which of several tables is meant, its line says."""
    return ".".join(part for part in path if not part.isdigit())


def _read(read: Callable[[object], object], value: object, path: Path) -> object:
    try:
        return read(value)
    except ValueError as error:
        raise BadSettingError(path, f"{written(path)} {error}") from None
