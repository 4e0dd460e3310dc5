"""Cleaning takes out what it is asked to, and changes no other byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notebook_corpus import ARCHIVE, corpus
from tui.conversion.cleaning import Cleaning, cleaned
from tui.files.errors import CannotRead
from tui.files.notebookfile import given

ODD = """\
{ "nbformat_minor": 5, "nbformat": 4,
   "unknown": [1,2],  "metadata": {"widgets": {"x": 1}, "kernelspec": {"name": "python3"}},
 "cells": [
  {"source": "x = 1", "id": "a", "metadata": {"collapsed": true, "tags": ["t"]}, "outputs": [
     {"output_type": "stream", "name": "stdout", "text": "printed"}
  ], "execution_count": 3, "cell_type": "code"},
  {"source": "y", "id": "b", "metadata": {"tags": ["keep_output"]}, "outputs": [
     {"output_type": "stream", "name": "stdout", "text": "kept"}
  ], "execution_count": 4, "cell_type": "code"}
 ]}
"""


def clean(text: str, cleaning: Cleaning) -> str:
    file = given(Path("a.ipynb"), text.encode())
    return file.encode(cleaned(file.notebook, cleaning)).decode()


def test_outputs_and_counts_go_and_all_else_stays_as_it_is_written() -> None:
    found = clean(ODD, Cleaning())
    assert json.loads(found)["cells"][0]["outputs"] == []
    assert json.loads(found)["cells"][0]["execution_count"] is None
    assert '"unknown": [1,2],  "metadata"' in found
    assert '"text": "kept"}\n  ], "execution_count": 4' in found
    assert found.startswith('{ "nbformat_minor": 5, "nbformat": 4,\n')


def test_only_what_is_asked_for_goes() -> None:
    assert '"printed"' in clean(ODD, Cleaning(outputs=False))
    assert '"execution_count": 3' in clean(ODD, Cleaning(counts=False))
    assert clean(ODD, Cleaning(outputs=False, counts=False)) == ODD
    found = clean(ODD, Cleaning(False, False, frozenset({"collapsed"}), frozenset({"kernelspec"})))
    assert json.loads(found)["cells"][0]["metadata"] == {"tags": ["t"]}
    assert json.loads(found)["metadata"] == {"widgets": {"x": 1}}


def test_what_is_clean_is_the_very_same() -> None:
    file = given(Path("a.ipynb"), clean(ODD, Cleaning()).encode())
    assert cleaned(file.notebook, Cleaning()) is file.notebook


@pytest.mark.skipif(not ARCHIVE.exists(), reason="the corpus is not beside the project")
def test_real_notebooks_lose_their_outputs_and_nothing_else() -> None:
    for name, data in list(corpus())[::12]:
        try:
            file = given(Path(name), data)
        except CannotRead:
            continue
        if file.read_only is not None or b"keep_output" in data:
            continue
        found = json.loads(file.encode(cleaned(file.notebook, Cleaning())))
        expected = json.loads(data)
        for cell in expected["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
                cell["execution_count"] = None
        expected["metadata"].pop("widgets", None)
        assert found == expected, name
