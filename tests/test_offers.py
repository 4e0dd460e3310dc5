"""What a protocol asks for is looked for once in a class."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from tui.offers import offers


@runtime_checkable
class Named(Protocol):
    name: str


@runtime_checkable
class Calls(Protocol):
    def call(self) -> None: ...


class Dog:
    def __init__(self) -> None:
        self.name = "Rex"

    def call(self) -> None:
        pass


def test_it_is_what_isinstance_says() -> None:
    for protocol in (Named, Calls):
        for thing in (Dog(), 1, Dog(), 2):
            assert offers(thing, protocol) is isinstance(thing, protocol)
