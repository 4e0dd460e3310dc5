"""The settings that only a person who looks can judge, tried at once and kept if they are liked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from tui.config import SETTINGS, ConfigError
from tui.files.configfile import write_settings
from tui.files.errors import FileError
from tui.keynotation import name_of
from tui.locations import config_file
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean
from tui.screens.dialog import ListDialog
from tui.settings import value_of, with_value_at
from tui.tomltext import toml_value
from tui.widgets.hintline import Hint, Hints, Message, Question, Severity, bottom_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from tui.config import Config
    from tui.render.rows import Row
    from tui.settings import Setting
    from tui.theme import Palette

TrySettings: TypeAlias = "Callable[[Config], Palette]"
"""Shows the program with these settings; gives back its colours then."""
_NAMES = 16
_VALUES = 18
_ABOUT = Style(Role.MUTED)


class TasteScreen(ListDialog[None], inherit_bindings=False):
    """Lists the settings; what is changed is seen at once, and is written only when that is asked for."""

    HEADING: ClassVar[str] = "Settings"
    HINTS: ClassVar[Hints] = Hints(
        (Hint("Left Right", "change"), Hint("s", "keep in config.toml"), Hint("Esc", "close"))
    )

    def __init__(self, config: Config, palette: Palette, tried: TrySettings) -> None:
        self._config = config
        self._tried = tried
        self._settings = [one for one in SETTINGS if one.is_matter_of_taste]
        self._changed: dict[tuple[str, ...], object] = {}
        self._asks = False
        self._told: Message | None = None
        super().__init__(palette)

    def rows(self, width: int) -> list[Row]:
        """Each setting, its value, and what it does."""
        return [self._row(one, width) for one in self._settings]

    def _row(self, one: Setting, width: int) -> Row:
        mark = "*" if one.path in self._changed else " "
        value = toml_value(value_of(self._config, one.path)).strip('"')
        row = (
            *pad(text_row(f"{one.name}{mark}"), _NAMES),
            *pad(text_row(f"‹ {value} ›", Style(Role.ACCENT)), _VALUES),
            *text_row(f" {one.about.replace('`', '')}", _ABOUT),
        )
        return row if row_width(row) <= width else (*crop(row, 0, width - 1), *text_row("…", _ABOUT))

    def answer(self, index: int) -> None:
        """Rows are not taken: they are changed."""

    def take(self, index: int) -> None:  # noqa: ARG002  it is the marked one
        """Go to the next value."""
        self._step(1)

    def bottom(self, width: int) -> Row:
        """The keys, a question, or what became of it."""
        if self._asks:
            file = config_file()
            question = f"Make {file.name} in {clean(str(file.parent))}?"
            return bottom_row(Question(question, {"y": "yes"}), width)
        return bottom_row(self.HINTS if self._told is None else self._told, width)

    def on_key(self, event: events.Key) -> None:
        """An answer first, where one is asked for."""
        self._told = None
        if self._asks:
            event.stop()
            self._asks = False
            if name_of(event.key, event.character) == "y":
                self._write()
        else:
            super().on_key(event)
        self.show_lines()

    def take_other_key(self, event: events.Key) -> None:
        """Change a value, keep what was changed, or move."""
        match name_of(event.key, event.character):
            case "right" | "l" | "space":
                self._step(1)
            case "left" | "h":
                self._step(-1)
            case "s" | "ctrl+s" if self._changed:
                self._asks = not config_file().exists()
                if not self._asks:
                    self._write()
            case _:
                super().take_other_key(event)

    def _step(self, by: int) -> None:
        one = self._settings[self.list.marked]
        choices = self._choices(one)
        value = value_of(self._config, one.path)
        at = choices.index(value) if value in choices else 0
        self._changed[one.path] = new = choices[(at + by) % len(choices)]
        self._config = with_value_at(self._config, one.path, new)
        palette = self._tried(self._config)
        self.take_palette(palette)
        self.list.remake()

    def _choices(self, one: Setting) -> Sequence[object]:
        own = [theme.name for theme in self._config.themes] if one.path == ("theme",) else []
        return (*one.choices, *own)

    def _write(self) -> None:
        try:
            path = write_settings(self._changed)
        except (ConfigError, FileError) as error:
            self._told = Message(clean(str(error)), Severity.ERROR)
            return
        self._changed.clear()
        self._told = Message(clean(f"kept in {path}"))
        self.list.remake()
