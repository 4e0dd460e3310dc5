"""A small app on the driver under test: it writes what reaches it to the file descriptor that it is given."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from textual.app import App

from tui.terminal.driver import TerminalDriver

if TYPE_CHECKING:
    from textual import events


class KeylogApp(App[None]):
    """Logs one JSON list a line; ctrl+q ends it."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, log: int) -> None:
        super().__init__(driver_class=TerminalDriver)
        self._log_to = log

    def claims_alt(self, key: str) -> bool:
        return bool(self.screen_stack) and key in {"alt+enter", "alt+b"}

    def say(self, *what: object) -> None:
        os.write(self._log_to, json.dumps(what).encode() + b"\n")

    def on_ready(self) -> None:
        self.say("ready")

    def on_key(self, event: events.Key) -> None:
        self.say("key", event.key, event.character)

    def on_paste(self, event: events.Paste) -> None:
        lines = event.text.split("\n")
        self.say("paste", len(event.text), len(lines), lines[0], lines[-1])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.say("down", event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.say("drag", event.x, event.y, event.delta_x, event.button)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self.say("up", event.x, event.y)

    def on_unmount(self) -> None:
        self.say("unmount")


if __name__ == "__main__":
    app = KeylogApp(int(sys.argv[1]))
    app.run()
    sys.exit(app.return_code)
