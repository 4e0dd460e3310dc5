"""What may differ between two runs of the same code, and is the same for a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from configparser import ConfigParser
from configparser import Error as IniError
from dataclasses import dataclass
from pathlib import Path

_NUMBER = r"\d+(?:[.,]\d+)*(?:e[+-]?\d+)?"
_UNIT = r"(?:ns|µs|μs|us|ms|s|sec|secs|seconds?|min|minutes?|h|hours?)"


class RuleError(ValueError):
    """A rule cannot be read; its text is one line for a person."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What matches is replaced, on both sides."""

    pattern: re.Pattern[str]
    replacement: str


USUAL: Sequence[Rule] = tuple(
    Rule(re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\x1b\[[0-9;]*m", ""),
        (r"0x[0-9a-fA-F]{4,16}\b", "ADDRESS"),
        (r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", "UUID"),
        (r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", "DATE"),
        (r"\b\d?\d:\d\d(?::\d\d(?:\.\d+)?)?\b", "TIME"),
        (rf"\b{_NUMBER} ?{_UNIT}\b(?: ± {_NUMBER} ?{_UNIT})?", "DURATION"),
        (rf"\b{_NUMBER} ?(?:[KMGT]i?)?B(?:/s)?\b|\b{_NUMBER} ?[kMGT]i?B?/s\b", "MEMORY"),
        (rf"\b{_NUMBER} ?(?:it/s|s/it)", "RATE"),
        (r"(?:/tmp|/var/folders/\S+?)/ipykernel_\d+/\d+\.py", "CELL"),
        (r"\bpid[ =:]+\d+", "PID"),
    )
)
"""Addresses, ids, dates, times, durations, memory, rates and names of processes; colours are not compared."""


def own_rules(patterns: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that leave out what regular expressions match. Raises RuleError."""
    return tuple(Rule(_compiled(pattern), "IGNORED") for pattern in patterns)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file as nbval's `--nbval-sanitize-with` reads it. Raises RuleError."""
    parser = ConfigParser(interpolation=None, delimiters=(":", "="))
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
        return tuple(
            Rule(_compiled(parser[name]["regex"]), parser[name].get("replace", "IGNORED"))
            for name in parser.sections()
        )
    except (OSError, UnicodeDecodeError, IniError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise RuleError(f"{path}: {' '.join(str(reason).split())}") from None
    except KeyError:
        raise RuleError(f"{path}: a rule without a regex") from None


def settled(text: str, rules: Sequence[Rule]) -> str:
    """The text with what may differ replaced."""
    for rule in rules:
        text = rule.pattern.sub(rule.replacement, text)
    return text


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise RuleError(f"{pattern!r} is no regular expression: {error}") from None
