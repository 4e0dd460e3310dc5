"""The user's configuration: one TOML file, read into one frozen value.

A key that is not known or a value that cannot be is an error with the file and the line; nothing is ever read
from the folder of a notebook. Described for people in docs/config.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, cast

from tui import settingvalues
from tui.configthemes import ThemeChoice, read_themes
from tui.locations import CONFIG_VARIABLE, config_file
from tui.settings import BadSettingError, read_table, setting, settings_of, taste
from tui.settings import Path as SettingPath
from tui.settingvalues import spelled


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
    """Which kernels are started, and how long they live."""

    start: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether opening a notebook starts its kernel. Without, as with `--no-kernel`.",
    )
    default: str = setting(
        "",
        settingvalues.kernel_name,
        'The kernelspec for a notebook that names neither kernel nor language; `""` is Python\'s.',
    )
    keep_idle: bool = setting(
        default=False,
        read=settingvalues.switch,
        about="Whether a kernel that has nothing to do goes on when its notebook is closed.",
    )
    idle_hours: float = setting(
        24,
        settingvalues.hours,
        "After how many idle hours with no tnb there a kernel is ended; `0` is never.",
    )


@dataclass(frozen=True, slots=True)
class EditorConfig:
    """How cells are edited."""

    keys: str = setting(
        "usual",
        settingvalues.editor_keys,
        "The keys in a cell that is edited: `usual`, or `vim` for [vim's](vim.md).",
        settingvalues.EDITOR_KEYS,
    )
    complete_while_typing: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether completions come by themselves while one types; `tab` asks for them anyway. See "
        "[editing.md](editing.md).",
    )
    completion_delay: float = setting(
        0.1, settingvalues.seconds, "How many seconds nothing is to be typed before they are asked for."
    )
    enter_accepts: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether Enter takes the completion that one went to; Tab does anyway.",
    )
    close_brackets: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether a bracket or a quote that is typed brings the one that closes it.",
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All that can be configured. The names of the fields are the keys of the file."""

    theme: str = taste(
        "auto",
        settingvalues.some_theme,
        "The colours: `dark` and `light` are tnb's own, `auto` takes the one that suits the terminal; or one "
        "of Textual's, or of [your own](#themes-of-your-own).",
        settingvalues.THEMES,
    )
    cell_spacing: int = taste(
        1, settingvalues.spacing, "How many rows are left empty below each cell, up to 3.", (0, 1, 2, 3)
    )
    max_width: int = taste(
        0,
        settingvalues.width,
        "How many columns cells may take on a wide terminal, at least 40; `0` is all.",
        (0, 80, 100, 120, 160),
    )
    line_numbers: bool = taste(
        default=False,
        read=settingvalues.switch,
        about="Whether code cells show line numbers when a notebook opens. `l` changes it.",
        choices=(False, True),
    )
    output_rows: int = taste(
        30,
        settingvalues.count,
        "How many rows of an output are shown before it folds, at least 1. `o` unfolds it.",
        (10, 20, 30, 50, 100),
    )
    pictures: str = taste(
        "auto",
        settingvalues.picture_way,
        "How pictures are shown: `auto` is the best that the terminal is known to do; `kitty`, `sixel`, "
        "`sextants`, `half-blocks`, `off`. See [pictures.md](pictures.md).",
        settingvalues.PICTURES,
    )
    wrap_outputs: bool = taste(
        default=True,
        read=settingvalues.switch,
        about="Whether printed lines that are too long are wrapped; else `>` and `<` scroll them. `W` "
        "changes it for a cell.",
        choices=(True, False),
    )
    mouse: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether tnb takes the mouse. Without, the terminal's own selection works as ever.",
    )
    send_differences: bool = setting(
        default=True,
        read=settingvalues.switch,
        about="Whether the terminal is sent only what changes on its screen. Without, whole lines by the "
        "simplest means, for a terminal that gets it wrong.",
    )
    record_times: bool = setting(
        default=False,
        read=settingvalues.switch,
        about="Whether notebooks are to say when their cells ran (`metadata.execution`); one that does "
        "already goes on to.",
    )
    notify_seconds: float = setting(
        30.0,
        settingvalues.patience,
        "After how many seconds of running the end is told who looks elsewhere; `0` is never. See "
        "[variables.md](variables.md#being-told).",
    )
    kernel: KernelConfig = field(default_factory=KernelConfig)
    editor: EditorConfig = field(default_factory=EditorConfig)
    keys: tuple[KeyChoice, ...] = field(default=())
    """Keys by action."""
    themes: tuple[ThemeChoice, ...] = field(default=())
    """Themes of the user's own."""


SETTINGS = tuple(settings_of(Config))
"""Every setting that has one value; `keys` and `themes` are tables."""


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
    except BadSettingError as bad:
        raise ConfigError(path, line_of(text, bad.path) or 1, bad.problem) from None


def _config_of(parsed: Mapping[str, object], judge: KeyJudge) -> Config:
    keys = _keys(("keys",), parsed.get("keys", {}))
    themes = read_themes(parsed.get("themes", {}))
    config = read_table(Config, parsed, keys=tuple(keys.values()), themes=themes)
    for action, problem in judge(config.keys).items():
        place = next((path for path, choice in keys.items() if choice.action == action), ("keys",))
        raise BadSettingError(place, problem)
    try:
        settingvalues.theme_name(config.theme, [theme.name for theme in themes])
    except ValueError as error:
        raise BadSettingError(("theme",), f"theme {error}") from None
    return config


def _keys(path: SettingPath, table: object) -> dict[SettingPath, KeyChoice]:
    """The choices in a table of keys, by place; the dots of an action's id may make tables of their own."""
    if not isinstance(table, dict):
        raise BadSettingError(path, f"{'.'.join(path)} must be a table of actions, each with a list of keys")
    choices: dict[SettingPath, KeyChoice] = {}
    for name, value in cast("dict[str, object]", table).items():
        here = (*path, name)
        if isinstance(value, dict):
            choices |= _keys(here, cast("object", value))
        else:
            choices[here] = KeyChoice(".".join(here[1:]), _key_names(here, value))
    return choices


def _key_names(path: SettingPath, value: object) -> tuple[str, ...]:
    """The keys of one action: a list of names, or one name."""
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    names = tuple(key for key in listed if isinstance(key, str) and key)
    if len(names) != len(listed):
        raise BadSettingError(path, f"{'.'.join(path)} must be a list of keys, not {spelled(listed)}")
    return names
