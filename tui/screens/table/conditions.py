"""What a person types to filter a column: `> 3`, `!= x`, or a part of the text."""

from __future__ import annotations

from tui.screens.table.source import Condition, Operator

_BY_LENGTH = sorted((one for one in Operator if one.value), key=lambda one: -len(one.value))
_SIGNS = {"==": Operator.EQUAL, "≠": Operator.UNEQUAL, "≤": Operator.AT_MOST, "≥": Operator.AT_LEAST}


def condition_of(column: int, typed: str) -> Condition | None:
    """The condition for a column; None where nothing is typed to compare with."""
    text = typed.strip()
    signs = {**_SIGNS, **{operator.value: operator for operator in _BY_LENGTH}}
    for sign, operator in signs.items():
        if text.startswith(sign):
            value = text.removeprefix(sign).strip()
            return Condition(column, operator, value) if value else None
    return Condition(column, Operator.CONTAINS, text) if text else None


def text_of(condition: Condition) -> str:
    """The condition as it would be typed."""
    return f"{condition.operator.value} {condition.value}".strip()
