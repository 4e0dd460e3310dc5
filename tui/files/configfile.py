"""Writes settings into the user's `config.toml`, in which all else stays: comments, order, spacing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.config import ConfigError, parse_config
from tui.files import atomic
from tui.locations import config_file
from tui.tomlsplice import CannotSpliceError, with_value

if TYPE_CHECKING:
    from pathlib import Path


def write_settings(values: Mapping[tuple[str, ...], object]) -> Path:
    """Set values in the file, which is made where there is none; where it is.

    Raises ConfigError where it cannot be read or cannot be changed so, and FileError where
    it cannot be written.
    """
    path = config_file()
    try:
        is_new = not path.exists()
        old = "" if is_new else path.read_bytes().decode("utf-8")
        text = old
        for place, value in values.items():
            text = with_value(text, place, value)
        path.parent.mkdir(parents=True, exist_ok=True)
    except (CannotSpliceError, UnicodeDecodeError) as error:
        raise ConfigError(path, 0, f"not changed, {error}: tnb config edit") from error
    except OSError as error:
        raise ConfigError(path, 0, error.strerror or type(error).__name__) from error
    parse_config(text, path)
    if text != old:
        atomic.write(path, text.encode(), new=is_new, check=lambda: None)
    return path
