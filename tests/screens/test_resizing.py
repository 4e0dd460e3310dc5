"""Sizes of the terminal that come faster than they are laid out."""

from __future__ import annotations

from textual.app import App
from textual.events import Resize
from textual.geometry import Size

from tui.keymap import Keymap
from tui.screens.help import HelpScreen
from tui.stylesheets import stylesheet_paths
from tui.theme import LIGHT, Palette, own_themes


class HelpApp(App[None]):
    """Nothing but the help."""

    def __init__(self) -> None:
        super().__init__(css_path=[*stylesheet_paths()])
        for theme in own_themes():
            self.register_theme(theme)
        self.theme = LIGHT

    def on_mount(self) -> None:
        self.push_screen(HelpScreen(Keymap.default(), Palette(self.current_theme)))


async def test_two_sizes_at_once_come_to_rest_at_the_terminals():
    app = HelpApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for size in (Size(40, 10), Size(60, 20), app.size):
            app.screen.post_message(Resize(size, size))
            app.screen.call_later(list)  # a message between two sizes keeps them from becoming one
        layouts: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, layouts.append, immediate=True)
        await pilot.pause()
        assert len(layouts) < 5
        assert app.screen.size == app.size
