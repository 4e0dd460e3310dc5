"""Parameters as code that assigns them, in the languages for which that is known (names as papermill's)."""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from kernelbridge.outputs import JsonValue

Parameters: TypeAlias = Mapping[str, JsonValue]
_LONG = 1 << 31


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes values and assigns them; a `{}` stands for what is put in."""

    comment: str = "# Parameters"
    assignment: str = "{name} = {value}"
    true: str = "true"
    false: str = "false"
    nothing: str = "null"
    nan: str = "NaN"
    infinity: str = "Inf"
    integer: Callable[[int], str] = str
    text: Callable[[str], str] = json.dumps
    sequence: str = "[{}]"
    mapping: str = "{{{}}}"
    pair: str = "{key}: {value}"
    name: Callable[[str], str] = str
    nests: bool = True
    """Whether there are lists and objects as values; without, they become the text of their JSON."""

    def code(self, parameters: Parameters) -> str:
        """A comment, and a line for each parameter."""
        lines = [
            self.assignment.format(name=self.name(name), value=self.value(value))
            for name, value in parameters.items()
        ]
        return "\n".join([self.comment, *lines])

    def value(self, value: JsonValue) -> str:
        """One value as an expression."""
        match value:
            case None:
                return self.nothing
            case bool():
                return self.true if value else self.false
            case int():
                return self.integer(value)
            case float():
                return self._float(value)
            case str():
                return self.text(value)
            case _ if not self.nests:
                return self.text(json.dumps(value))
            case Mapping():
                return self.mapping.format(", ".join(self._pairs(cast("Parameters", value))))
            case _:
                return self.sequence.format(", ".join(self.value(item) for item in value))

    def _pairs(self, values: Parameters) -> list[str]:
        return [
            self.pair.format(key=self.text(key), value=self.value(value)) for key, value in values.items()
        ]

    def _float(self, value: float) -> str:
        if math.isnan(value):
            return self.nan
        if math.isinf(value):
            return self.infinity if value > 0 else f"-{self.infinity}"
        return repr(value)


def translate(parameters: Parameters, language: str) -> str | None:
    """The code that assigns the parameters; None for a language for which that is not known."""
    known = _LANGUAGES.get(language.lower())
    return None if known is None else known.code(parameters)


def _python_text(text: str) -> str:
    """In double quotes, as black would have it."""
    return '"' + "".join(map(_python_character, text)) + '"'


def _python_character(character: str) -> str:
    match character:
        case '"':
            return r"\""
        case "'":
            return character
        case _:
            return repr(character)[1:-1]


def _plain_text(text: str) -> str:
    """As JSON has it, but without surrogates for what is beyond the first plane."""
    return json.dumps(text, ensure_ascii=False)


def _dollar_text(text: str) -> str:
    """Where a dollar sign within quotes would begin an expression."""
    return _plain_text(text).replace("$", r"\$")


def _matlab_text(text: str) -> str:
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace("%", "%%").replace("'", "''")
    return "sprintf('" + escaped.replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r") + "')"


def _r_name(name: str) -> str:
    """A name in R cannot begin with underscores: papermill leaves them out, too."""
    return name.lstrip("_")


def _scala_integer(value: int) -> str:
    return f"{value}L" if abs(value) >= _LONG else str(value)


_PYTHON = Language(
    true="True",
    false="False",
    nothing="None",
    nan="float('nan')",
    infinity="float('inf')",
    text=_python_text,
)
_R = Language(
    true="TRUE",
    false="FALSE",
    nothing="NULL",
    text=_plain_text,
    sequence="list({})",
    mapping="list({})",
    pair="{key} = {value}",
    name=_r_name,
)
_JULIA = Language(
    nothing="nothing",
    text=_dollar_text,
    mapping="Dict({})",
    pair="{key} => {value}",
)
_SCALA = Language(
    comment="// Parameters",
    assignment="val {name} = {value}",
    nothing="None",
    nan="Double.NaN",
    infinity="Double.PositiveInfinity",
    integer=_scala_integer,
    sequence="Seq({})",
    mapping="Map({})",
    pair="{key} -> {value}",
)
_SCRIPT = Language(comment="// Parameters", assignment="var {name} = {value};", infinity="Infinity")
_BASH = Language(
    assignment="{name}={value}",
    nothing="''",
    nan="nan",
    infinity="inf",
    text=shlex.quote,
    nests=False,
)
_MATLAB = Language(
    comment="% Parameters",
    assignment="{name} = {value};",
    nothing="NaN",
    text=_matlab_text,
    sequence="{{{}}}",
    mapping="struct({})",
    pair="{key}, {value}",
)
_LANGUAGES: Mapping[str, Language] = {
    "python": _PYTHON,
    "python3": _PYTHON,
    "ipython": _PYTHON,
    "r": _R,
    "ir": _R,
    "julia": _JULIA,
    "scala": _SCALA,
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "bash": _BASH,
    "octave": _MATLAB,
    "matlab": _MATLAB,
}
LANGUAGES = "Python, R, Julia, Scala, JavaScript, TypeScript, bash, Octave, Matlab"
"""For a person."""
