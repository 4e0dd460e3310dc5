"""The user's configuration: what the file may say, and what is said of one that cannot be."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config import (
    SETTINGS,
    Config,
    ConfigError,
    KernelConfig,
    KeyChoice,
    parse_config,
    read_config,
)
from tui.configdoc import with_table
from tui.configthemes import ThemeChoice
from tui.keymap import Keymap
from tui.locations import config_file
from tui.settings import Setting
from tui.settingvalues import THEMES
from tui.tomltext import toml_key, toml_value

HERE = Path("config.toml")
DOCUMENTATION = Path(__file__).parent.parent / "docs" / "config.md"


def write_config(text: str | bytes) -> Path:
    path = config_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_all_is_as_by_default() -> None:
    assert read_config() == Config()


def test_an_empty_file_changes_nothing() -> None:
    write_config("")
    assert read_config() == Config()


def test_everything_can_be_set() -> None:
    write_config(
        """
        theme = "nord"
        line_numbers = true
        output_rows = 12
        wrap_outputs = false
        mouse = false

        [kernel]
        keep_idle = true
        idle_hours = 0.5

        [keys]
        "cell.run" = ["ctrl+r", "f5"]
        notebook.save = "ctrl+s"
        cell.delete = []
        """
    )
    assert read_config() == Config(
        theme="nord",
        line_numbers=True,
        output_rows=12,
        wrap_outputs=False,
        mouse=False,
        kernel=KernelConfig(keep_idle=True, idle_hours=0.5),
        keys=(
            KeyChoice("cell.run", ("ctrl+r", "f5")),
            KeyChoice("notebook.save", ("ctrl+s",)),
            KeyChoice("cell.delete", ()),
        ),
    )


def test_the_variable_names_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config('theme = "nord"')
    other = tmp_path / "other.toml"
    other.write_text('theme = "dracula"')
    monkeypatch.setenv("TNB_CONFIG", str(other))
    assert read_config().theme == "dracula"


def test_a_file_that_the_variable_names_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TNB_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ConfigError, match=r"none\.toml: there is no such file, though TNB_CONFIG names it"):
        read_config()


def test_nothing_is_read_from_the_folder_one_works_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config.toml", "tnb.toml", ".tnb.toml"):
        (tmp_path / name).write_text('theme = "nord"')
    monkeypatch.chdir(tmp_path)
    assert read_config() == Config()


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('\n\ntheem = "dark"', 3, "unknown setting 'theem'; did you mean 'theme'?"),
        ("colour = 1", 1, "unknown setting 'colour'; there are: theme, "),
        ("[editor]\ntabs = 4", 2, "unknown setting 'editor.tabs'; there are: keys, complete_while_typing"),
        ('# mine\ntheme = "draculla"', 2, "theme is no theme: 'draculla'; did you mean 'dracula'?"),
        ("theme = 3", 1, "theme must be the name of a theme, not 3"),
        ("mouse = true\noutput_rows = 0", 2, "output_rows must be a whole number from 1, not 0"),
        ("output_rows = true", 1, "output_rows must be a whole number from 1, not True"),
        ('mouse = "no"', 1, "mouse must be true or false, not 'no'"),
        ("keys = 1", 1, "keys must be a table of actions, each with a list of keys"),
        ('[keys]\n"cell.run" = ["f5"]\ncell.copy = [\n 7,\n]', 3, "keys.cell.copy must be a list of keys"),
        ("[colours]\nred = 4", 1, "unknown setting 'colours'"),
        ("editor = 3", 1, "editor must be a table of settings"),
        ('[editor]\nkeys = "vmi"', 2, "editor.keys names no keys that there are: 'vmi'; did you mean 'vim'?"),
        ("[editor]\nkeys = 3", 2, "editor.keys must be one of usual, vim, not 3"),
        ("kernel = 3", 1, "kernel must be a table of settings"),
        ("[kernel]\n\nidle_hour = 3", 3, "unknown setting 'kernel.idle_hour'; did you mean 'idle_hours'?"),
        ("[kernel]\nidle_hours = -1", 2, "kernel.idle_hours must be a number of hours from 0, not -1"),
        ("[kernel]\nidle_hours = nan", 2, "kernel.idle_hours must be a number of hours from 0, not nan"),
        ("[kernel]\nidle_hours = true", 2, "kernel.idle_hours must be a number of hours from 0, not True"),
        ("[editor]\ncompletion_delay = -1", 2, "editor.completion_delay must be a number of seconds from 0"),
        ("editor.enter_accepts = 1", 1, "editor.enter_accepts must be true or false, not 1"),
        ("kernel.keep_idle = 1", 1, "kernel.keep_idle must be true or false, not 1"),
        ("[[servers]]\nurl = 'https://a'", 1, "unknown setting 'servers'"),
        ('theme = "dusk"\n[themes.dust]', 1, "theme is no theme: 'dusk'; did you mean 'dust'?"),
        ("themes = 3", 1, "themes must be a table of themes, each a table of colours"),
        ("[themes]\ndusk = 3", 2, "themes.dusk must be a table of colours"),
        ('[themes.nord]\nbase = "dark"', 1, "there is a theme 'nord' already: give yours another name"),
        ('[themes."a b"]', 1, "a theme's name is of letters, digits, - and _, not 'a b'"),
        ('[themes.a]\n\nkeyword = "red"', 3, "keyword must be a colour such as '#1c1f26', not 'red'"),
        ('[themes.a]\nkeywrd = "#fff"', 2, "nothing in a theme is called 'keywrd'; did you mean 'keyword'?"),
        ('[themes.a]\nbase = "nord"', 2, "base must be one of dark, light, not 'nord'"),
        ('[themes.a]\nansi = ["#000000"]', 2, "ansi must be a list of 16 colours"),
        ("cell_spacing = 4", 1, "cell_spacing must be a whole number from 0 to 3, not 4"),
        ("max_width = 7", 1, "max_width must be 0 or a whole number from 40, not 7"),
        ("[kernel]\ndefault = 7", 2, "kernel.default must be the name of a kernel, not 7"),
        ("theme = ", 1, "Invalid value"),
        ('theme = "dark"\ntheme = "light"', 2, "Cannot overwrite a value"),
        ('a = 1\n\nb = [\n 1,\n', 5, "Invalid value"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_with_the_place_of_it(text: str, line: int, problem: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_config(text, HERE)
    said = str(raised.value)
    assert said.startswith(f"config.toml, line {line}: {problem}")
    assert "\n" not in said


def test_a_file_that_is_not_text_says_on_which_line() -> None:
    path = write_config(b'theme = "dark"\n# \xff\n')
    with pytest.raises(ConfigError, match=re.escape(f"{path}, line 2: not UTF-8 text")):
        read_config()


def test_a_folder_in_place_of_the_file_is_told() -> None:
    config_file().mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"config\.toml: Is a directory"):
        read_config()


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a" + ".a" * 5000 + " = 1"])
def test_a_monstrous_file_is_an_error_like_any_other(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_config(text, HERE)


@given(st.text(alphabet="abkeystm.\"'[]{}=, \n\\1#") | st.text())
def test_no_text_whatever_raises_anything_else(text: str) -> None:
    with contextlib.suppress(ConfigError):
        parse_config(text, HERE)


def test_the_themes_are_those_that_textual_brings() -> None:
    from textual.theme import BUILTIN_THEMES

    assert set(THEMES) == {"auto", "dark", "light", *BUILTIN_THEMES}


def test_the_documentation_has_the_settings_as_they_are() -> None:
    page = DOCUMENTATION.read_text()
    assert with_table(page) == page, "run: python -m tui.configdoc"


def test_every_default_is_a_value_that_the_file_may_hold() -> None:
    text = "\n".join(f"{toml_key(one.path)} = {toml_value(one.default)}" for one in SETTINGS)
    assert parse_config(text, HERE) == Config()


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_every_choice_is_a_value_that_can_be(one: Setting) -> None:
    assert [one.read(choice) for choice in one.choices] == [*one.choices]
    assert not one.choices or one.default in one.choices


def test_a_theme_of_the_users_own_can_be_named() -> None:
    config = parse_config('theme = "dusk"\n[themes.dusk]\nbase = "light"\nkeyword = "#123456"', HERE)
    assert config.theme == "dusk"
    assert config.themes == (ThemeChoice("dusk", "light", {"keyword": "#123456"}),)


def test_the_examples_in_the_documentation_are_configurations() -> None:
    examples = re.findall(r"```toml\n(.*?)```", DOCUMENTATION.read_text(), re.DOTALL)
    ours = [example for example in examples if "[[server]]" not in example]
    assert len(ours) >= 2
    for example in ours:
        config = parse_config(example, HERE)
        assert config != Config()
        assert Keymap(own={choice.action: choice.keys for choice in config.keys}).problems == ()


def test_the_documentation_names_every_theme() -> None:
    text = DOCUMENTATION.read_text()
    assert [theme for theme in THEMES if f"`{theme}`" not in text] == []
