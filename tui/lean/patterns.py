"""Has the regular expressions that modules hold compiled when they are first used, not where they stand.

Up to the first frame modules compile some 130 of them, 15 ms, and use 20; Textual brings as many once more.
"""

from __future__ import annotations

import copyreg
import re
import sys
from collections.abc import Callable
from typing import Any, Final, SupportsIndex

_MODULE: Final = "<module>"
"""What Python calls the code of a module."""


class _Late:
    """A pattern that is compiled when something of it is asked for; what was asked for is kept at hand."""

    def __init__(self, compiled: Callable[[], re.Pattern[Any]]) -> None:
        self._compiled = compiled

    @property
    def __class__(self) -> type[re.Pattern[Any]]:  # pyright: ignore[reportIncompatibleMethodOverride] - nobody sets it
        """For `isinstance`, by which `re` itself tells a pattern from a string."""
        return re.Pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what is asked of any object, as for copying it
            raise AttributeError(name)
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        return copyreg.dispatch_table[re.Pattern](self._compiled())

    def __repr__(self) -> str:
        return repr(self._compiled())


def compile_patterns_late() -> None:
    """From now on `re.compile` waits in the body of a module; not elsewhere, where errors count."""
    at_once: Callable[..., re.Pattern[Any]] = re.compile

    def compile_late(pattern: Any, flags: Any = 0) -> Any:
        if sys._getframe(1).f_code.co_name != _MODULE:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - inspect, which has it openly, takes 5 ms
            return at_once(pattern, flags)
        made: list[re.Pattern[Any]] = []

        def compiled() -> re.Pattern[Any]:
            if not made:
                made.append(at_once(pattern, flags))
            return made[0]

        return _Late(compiled)

    inside: dict[str, Any] = re.__dict__
    inside["compile"] = compile_late
