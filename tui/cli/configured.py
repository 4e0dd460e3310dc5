"""The user's configuration as commands need it: their keys are looked at, too."""

from __future__ import annotations

from collections.abc import Sequence

from tui.config import Config, KeyChoice, read_config


def configuration() -> Config:
    """The user's configuration, of which all can be used. Raises ConfigError."""
    return read_config(_wrong_keys)


def _wrong_keys(choices: Sequence[KeyChoice]) -> dict[str, str]:
    """What is wrong with the user's own keys, by action; the actions are loaded only where there are any."""
    if not choices:
        return {}
    from tui.keymap import Clash, Keymap

    problems = Keymap(own={choice.action: choice.keys for choice in choices}).problems
    return {one.lost if isinstance(one, Clash) else one.action_id: str(one) for one in problems}
