"""What SECURITY.md and docs/reliability.md name as holding a promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = frozenset(path.name for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/reliability.md"])
def test_every_file_that_is_named_is_there_and_has_the_tests_that_are_named_with_it(page: str) -> None:
    named: list[tuple[str, str]] = []
    for quoted in re.findall(r"`([\w/.]+)`", (ROOT / page).read_text(encoding="utf-8")):
        if quoted.startswith("tests/"):
            named.append((quoted, ""))
        elif quoted.startswith(("test_", "assert_")) and not quoted.endswith(".py"):
            named.append((named[-1][0], quoted))
        elif quoted.startswith("test_"):
            assert quoted in TESTS, quoted
    assert len(named) > 30
    missing = [
        (file, test)
        for file, test in named
        if not (ROOT / file).is_file() or f"def {test}" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
