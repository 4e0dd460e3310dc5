"""The user's configuration: one TOML file, read into one frozen value.

A key that is not known or a value that cannot be is an error with the file and the line; nothing is ever read
from the folder of a notebook. Described for people in docs/config.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

from tui.locations import CONFIG_VARIABLE, config_file

_T = TypeVar("_T")
_Path: TypeAlias = tuple[str, ...]
"""Where a setting stands in the tables of the file."""

ADAPTIVE_THEMES = ("auto", "dark", "light")
"""tnb's own two themes, and `auto`: the one that suits the terminal's background."""

TEXTUAL_THEMES = (
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""The themes that Textual brings, listed here so that a wrong name is told before Textual is loaded."""

THEMES = (*ADAPTIVE_THEMES, *TEXTUAL_THEMES)


class ConfigError(Exception):
    """The configuration cannot be used; its text is one line that names the file and the line, if known."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """Keys that the user chose for an action, in place of its default ones."""

    action: str
    keys: tuple[str, ...]
    """As the user wrote them, such as `ctrl+r`; empty for an action that shall have no key."""


@dataclass(frozen=True, slots=True)
class KernelConfig:
    """The table `[kernel]`."""

    keep_idle: bool = False
    """Whether an idle kernel stays when its notebook is left."""
    idle_hours: float = 24.0
    """After how long an idle kernel that nobody uses ends; 0 for never."""


@dataclass(frozen=True, slots=True)
class Config:
    """All that can be configured. The names of the fields are the keys of the file."""

    theme: str = "auto"
    """One of `THEMES`."""
    line_numbers: bool = False
    """Whether cells show line numbers when a notebook opens."""
    output_rows: int = 30
    """How many rows of an output are shown before it folds, at least 1."""
    mouse: bool = True
    """Whether tnb takes the mouse; without, the terminal's own selection works."""
    kernel: KernelConfig = field(default_factory=KernelConfig)
    """How long kernels live."""
    keys: tuple[KeyChoice, ...] = field(default=())
    """Keys by action."""


KeyJudge: TypeAlias = Callable[[Sequence[KeyChoice]], Mapping[str, str]]
"""What is wrong with a choice of keys, by action: this module knows neither the actions nor the keys."""


def _no_judge(_: Sequence[KeyChoice]) -> Mapping[str, str]:
    return {}


def read_config(judge: KeyJudge = _no_judge) -> Config:
    """The user's configuration; the defaults where there is no file. Raises ConfigError."""
    path = config_file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if os.environ.get(CONFIG_VARIABLE):
            raise ConfigError(path, 0, f"there is no such file, though {CONFIG_VARIABLE} names it") from None
        return Config()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, line, "not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(path, 0, error.strerror or type(error).__name__) from None
    return parse_config(text, path, judge)


def parse_config(text: str, path: Path, judge: KeyJudge = _no_judge) -> Config:
    """The configuration that `text`, the content of `path`, asks for. Raises ConfigError."""
    import tomllib

    from tui.tomllines import line_of, split_position

    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, line = split_position(str(error))
        raise ConfigError(path, line or text.count("\n") + 1, problem) from None
    except (RecursionError, ValueError):
        raise ConfigError(path, 0, "holds a value too deep or a number too long to read") from None
    try:
        return _config_of(parsed, judge)
    except _BadSettingError as bad:
        raise ConfigError(path, line_of(text, bad.path), bad.problem) from None


class _BadSettingError(Exception):
    """A setting that cannot be used, and where it is in the tables of the file."""

    def __init__(self, path: _Path, problem: str) -> None:
        super().__init__(problem)
        self.path = path
        self.problem = problem


def _config_of(parsed: Mapping[str, object], judge: KeyJudge) -> Config:
    known = [one.name for one in fields(Config)]
    for name in parsed:
        if name not in known:
            raise _BadSettingError((name,), f"unknown setting {name!r}{_nearest(name, known)}")
    keys = _keys(("keys",), parsed.get("keys", {}))
    for action, problem in judge(tuple(keys.values())).items():
        place = next((path for path, choice in keys.items() if choice.action == action), ("keys",))
        raise _BadSettingError(place, problem)
    default = Config()
    return Config(
        theme=_value(parsed, "theme", default.theme, theme_name),
        line_numbers=_value(parsed, "line_numbers", default.line_numbers, _switch),
        output_rows=_value(parsed, "output_rows", default.output_rows, _count),
        mouse=_value(parsed, "mouse", default.mouse, _switch),
        keys=tuple(keys.values()),
    )


def _value(parsed: Mapping[str, object], name: str, default: _T, read: Callable[[object], _T]) -> _T:
    if name not in parsed:
        return default
    try:
        return read(parsed[name])
    except ValueError as error:
        raise _BadSettingError((name,), f"{name} {error}") from None


def theme_name(value: object) -> str:
    """`value` where it names a theme. Raises ValueError, in words that follow a setting's name."""
    if not isinstance(value, str):
        raise ValueError(f"must be the name of a theme, not {_spelled(value)}")
    if value not in THEMES:
        raise ValueError(f"is no theme: {_spelled(value)}{_nearest(value, THEMES)}")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {_spelled(value)}")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"must be a whole number from 1, not {_spelled(value)}")
    return value


def _keys(path: _Path, table: object) -> dict[_Path, KeyChoice]:
    """The choices in a table of keys, by place; the dots of an action's id may make tables of their own."""
    if not isinstance(table, dict):
        raise _BadSettingError(path, f"{'.'.join(path)} must be a table of actions, each with a list of keys")
    choices: dict[_Path, KeyChoice] = {}
    for name, value in cast("dict[str, object]", table).items():
        here = (*path, name)
        if isinstance(value, dict):
            choices |= _keys(here, cast("object", value))
        else:
            choices[here] = KeyChoice(".".join(here[1:]), _key_names(here, value))
    return choices


def _key_names(path: _Path, value: object) -> tuple[str, ...]:
    """The keys of one action: a list of names, or one name."""
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    names = tuple(key for key in listed if isinstance(key, str) and key)
    if len(names) != len(listed):
        raise _BadSettingError(path, f"{'.'.join(path)} must be a list of keys, not {_spelled(listed)}")
    return names


def _spelled(value: object) -> str:
    """A value, short enough for a line."""
    spelled = repr(value)
    return spelled if len(spelled) <= 40 else f"{spelled[:39]}…"


def _nearest(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(known)}"
