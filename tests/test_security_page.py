"""What SECURITY.md names as holding a promise is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there_and_has_the_tests_that_are_named_with_it() -> None:
    named: list[tuple[str, str]] = []
    for quoted in re.findall(r"`([^`]+)`", PAGE):
        if quoted.startswith("tests/"):
            named.append((quoted, ""))
        elif quoted.startswith("test_"):
            named.append((named[-1][0], quoted))
    assert len(named) > 30
    missing = [
        (file, test)
        for file, test in named
        if not (ROOT / file).is_file() or f"def {test}" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
