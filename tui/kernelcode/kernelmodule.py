"""A module of ours in a Python kernel: put there by the question that needs it first, asked by expressions.

No name of the user's is set, nothing is printed, and the history and the counts stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TypeAlias, cast

from kernelbridge.outputs import JsonObject
from kernelbridge.replies import Evaluations

Evaluate: TypeAlias = Callable[[Mapping[str, str]], Awaitable["Evaluations | None"]]
"""Has expressions evaluated by the kernel, as `Session.evaluate`."""
_INSTALL, _ASK = "install", "told"


class KernelCodeError(Exception):
    """The kernel does not say what it was asked; one line, not sanitized."""


class KernelModule:
    """The functions `ask_…` of a file, called in the kernel."""

    def __init__(self, evaluate: Evaluate, package: str, file: str) -> None:
        self._evaluate = evaluate
        answering = files("tui.kernelcode").joinpath("answercode.py").read_text("utf-8")
        self._codes = answering, files(package).joinpath(file).read_text("utf-8")
        digest = sha256("\0".join(self._codes).encode()).hexdigest()
        self._name = f"_tnb_{file.removesuffix('.py')}_{digest[:12]}"

    async def open(self, function: str, *arguments: object) -> JsonObject:
        """What a function says; the code goes along for a kernel without it. Raises KernelCodeError."""
        return await self._ask({_INSTALL: self._installing(), _ASK: self._asking(function, arguments)})

    async def ask(self, function: str, *arguments: object) -> JsonObject:
        """What a function says, once something was asked by `open`. Raises KernelCodeError."""
        return await self._ask({_ASK: self._asking(function, arguments)})

    async def _ask(self, expressions: Mapping[str, str]) -> JsonObject:
        evaluated = await self._evaluate(expressions)
        if evaluated is None:
            raise KernelCodeError("the kernel does not answer")
        if _ASK in evaluated.errors:
            raise KernelCodeError(evaluated.errors.get(_INSTALL) or evaluated.errors[_ASK])
        told = evaluated.values.get(_ASK, {}).get("application/json")
        if not isinstance(told, Mapping):
            raise KernelCodeError("the kernel does not evaluate expressions")
        told = cast("JsonObject", told)
        error = told.get("error")
        if isinstance(error, str):
            raise KernelCodeError(error)
        return told

    def _asking(self, function: str, arguments: Sequence[object]) -> str:
        """The arguments as Python writes them; there are only such as JSON has, too."""
        literal = repr(json.loads(json.dumps(arguments)))
        return f"__import__('sys').modules[{self._name!r}].answer({function!r}, *{literal})"

    def _installing(self) -> str:
        """An expression that makes the module, where it is not there yet."""
        modules, builtins = "__import__('sys').modules", "__import__('builtins')"
        first, second = (
            f"{builtins}.exec({builtins}.compile({code!r}, {self._name!r}, 'exec'), "
            f"{modules}.setdefault({self._name!r}, __import__('types').ModuleType({self._name!r})).__dict__)"
            for code in self._codes
        )
        return f"{modules}.get({self._name!r}) or ({first}, {second}) and None"
