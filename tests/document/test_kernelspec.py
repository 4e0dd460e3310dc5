"""Which kernel a notebook names, and how it names another."""

from __future__ import annotations

import pytest

from kernelbridge.outputs import JsonObject
from tui.document.kernelspec import NamedKernelspec, kernelspec_of, with_kernelspec

R = NamedKernelspec("ir", "R", "R")
PYTHON: JsonObject = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python", "mine": 1},
    "language_info": {"name": "python", "version": "3.11"},
    "title": "Reefs",
}


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        (PYTHON, NamedKernelspec("python3", "Python 3", "python")),
        ({"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}}, NamedKernelspec("ir", "", "R")),
        ({}, NamedKernelspec("", "", "")),
        ({"kernelspec": 3, "language_info": ["R"]}, NamedKernelspec("", "", "")),
        ({"kernelspec": {"name": 3}}, NamedKernelspec("", "", "")),
    ],
)
def test_what_a_notebook_says_is_read_whatever_it_is(metadata: JsonObject, named: NamedKernelspec) -> None:
    assert kernelspec_of(metadata) == named


def test_another_kernel_is_named_and_all_else_stays() -> None:
    changed = with_kernelspec(PYTHON, R)
    assert changed["kernelspec"] == {"name": "ir", "display_name": "R", "language": "R", "mine": 1}
    assert changed["title"] == "Reefs"


def test_what_the_kernel_before_said_of_itself_goes_where_the_language_is_another() -> None:
    assert "language_info" not in with_kernelspec(PYTHON, R)


def test_what_the_kernel_before_said_of_itself_stays_where_the_language_is_the_same() -> None:
    changed = with_kernelspec(PYTHON, NamedKernelspec("geo", "Geo", "Python"))
    assert changed["language_info"] == PYTHON["language_info"]


@pytest.mark.parametrize("name", ["python3", "Python3"])
def test_the_kernel_that_is_named_already_changes_nothing(name: str) -> None:
    assert with_kernelspec(PYTHON, NamedKernelspec(name, "Python 3 (ipykernel)", "python")) is PYTHON


def test_a_kernel_that_says_little_is_named_by_its_name_and_without_a_language() -> None:
    changed = with_kernelspec(PYTHON, NamedKernelspec("sh", ""))
    assert changed["kernelspec"] == {"name": "sh", "display_name": "sh", "mine": 1}
    assert with_kernelspec({"kernelspec": 3}, R)["kernelspec"] == {
        "name": "ir",
        "display_name": "R",
        "language": "R",
    }
