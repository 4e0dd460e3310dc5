"""The command line as shells complete it: the same words for each, in its own language."""

from __future__ import annotations

from typing import Final

SHELLS: Final = ("bash", "zsh", "fish")
