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

from tui import settingvalues
from tui.locations import CONFIG_VARIABLE, config_file
from tui.settingvalues import nearest, spelled

_T = TypeVar("_T")
_Path: TypeAlias = tuple[str, ...]
"""Where a setting stands in the tables of the file."""


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
    """How long kernels live. The names of the fields are the keys of the file's table."""

    keep_idle: bool = False
    """Whether a kernel that has nothing to do goes on when the notebook is closed."""
    idle_hours: float = 24
    """After how many hours with nothing to do, and nobody there, a kernel is ended; 0 is never."""


@dataclass(frozen=True, slots=True)
class EditorConfig:
    """How cells are edited. The names of the fields are the keys of the file's table."""

    keys: str = "usual"
    """One of `settingvalues.EDITOR_KEYS`."""
    complete_while_typing: bool = True
    """Whether completions come by themselves; Tab asks for them anyway."""
    completion_delay: float = 0.1
    """How many seconds nothing is to be typed before they are asked for."""
    enter_accepts: bool = True
    """Whether Enter accepts the completion that is chosen; Tab does anyway."""
    close_brackets: bool = True
    """Whether a bracket or a quote that is typed brings the one that closes it."""


@dataclass(frozen=True, slots=True)
class Config:
    """All that can be configured. The names of the fields are the keys of the file."""

    theme: str = "auto"
    """One of `settingvalues.THEMES`."""
    line_numbers: bool = False
    """Whether cells show line numbers when a notebook opens."""
    output_rows: int = 30
    """How many rows of an output are shown before it folds, at least 1."""
    pictures: str = "auto"
    """One of `settingvalues.PICTURES`."""
    wrap_outputs: bool = True
    """Whether printed lines that are too long are wrapped; else they scroll sideways."""
    mouse: bool = True
    """Whether tnb takes the mouse; without, the terminal's own selection works."""
    send_differences: bool = True
    """Whether a terminal is sent only what changes on its screen; without, whole lines, by simple means."""
    record_times: bool = False
    """Whether notebooks are to say when their cells ran; one that does already goes on to."""
    notify_seconds: float = 30
    """After how many seconds a run is so long that its end is told who looks elsewhere; 0 is never."""
    kernel: KernelConfig = field(default_factory=KernelConfig)
    editor: EditorConfig = field(default_factory=EditorConfig)
    keys: tuple[KeyChoice, ...] = field(default=())
    """Keys by action."""


_Table: TypeAlias = type[Config | KernelConfig | EditorConfig]
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
    _check_names((), parsed, Config)
    keys = _keys(("keys",), parsed.get("keys", {}))
    for action, problem in judge(tuple(keys.values())).items():
        place = next((path for path, choice in keys.items() if choice.action == action), ("keys",))
        raise _BadSettingError(place, problem)
    default = Config()
    return Config(
        theme=_value((), parsed, "theme", default.theme, settingvalues.theme_name),
        line_numbers=_value((), parsed, "line_numbers", default.line_numbers, settingvalues.switch),
        output_rows=_value((), parsed, "output_rows", default.output_rows, settingvalues.count),
        pictures=_value((), parsed, "pictures", default.pictures, settingvalues.picture_way),
        wrap_outputs=_value((), parsed, "wrap_outputs", default.wrap_outputs, settingvalues.switch),
        mouse=_value((), parsed, "mouse", default.mouse, settingvalues.switch),
        send_differences=_value(
            (), parsed, "send_differences", default.send_differences, settingvalues.switch
        ),
        record_times=_value((), parsed, "record_times", default.record_times, settingvalues.switch),
        notify_seconds=_value((), parsed, "notify_seconds", default.notify_seconds, settingvalues.patience),
        kernel=_kernel(parsed.get("kernel", {})),
        editor=_editor(parsed.get("editor", {})),
        keys=tuple(keys.values()),
    )


def _check_names(
    path: _Path, table: Mapping[str, object], config: type[Config | KernelConfig | EditorConfig]
) -> None:
    known = [one.name for one in fields(config)]
    for name in table:
        if name not in known:
            here = (*path, name)
            raise _BadSettingError(here, f"unknown setting {_written(here)!r}{nearest(name, known)}")


def _value(
    path: _Path, table: Mapping[str, object], name: str, default: _T, read: Callable[[object], _T]
) -> _T:
    if name not in table:
        return default
    try:
        return read(table[name])
    except ValueError as error:
        raise _BadSettingError((*path, name), f"{_written((*path, name))} {error}") from None


def _written(path: _Path) -> str:
    """A setting as a person calls it; which of several tables is meant, its line says."""
    return ".".join(part for part in path if not part.isdigit())


def _table(path: _Path, value: object, problem: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _BadSettingError(path, problem)
    return cast("Mapping[str, object]", value)


def _kernel(value: object) -> KernelConfig:
    path, default = ("kernel",), KernelConfig()
    table = _table(path, value, "kernel must be a table of settings")
    _check_names(path, table, KernelConfig)
    return KernelConfig(
        keep_idle=_value(path, table, "keep_idle", default.keep_idle, settingvalues.switch),
        idle_hours=_value(path, table, "idle_hours", default.idle_hours, settingvalues.hours),
    )


def _editor(value: object) -> EditorConfig:
    path, default = ("editor",), EditorConfig()
    table = _table(path, value, "editor must be a table of settings")
    _check_names(path, table, EditorConfig)
    switch, seconds = settingvalues.switch, settingvalues.seconds
    return EditorConfig(
        keys=_value(path, table, "keys", default.keys, settingvalues.editor_keys),
        complete_while_typing=_value(
            path, table, "complete_while_typing", default.complete_while_typing, switch
        ),
        completion_delay=_value(path, table, "completion_delay", default.completion_delay, seconds),
        enter_accepts=_value(path, table, "enter_accepts", default.enter_accepts, switch),
        close_brackets=_value(path, table, "close_brackets", default.close_brackets, switch),
    )


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
        raise _BadSettingError(path, f"{'.'.join(path)} must be a list of keys, not {spelled(listed)}")
    return names
