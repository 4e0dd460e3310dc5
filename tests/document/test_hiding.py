"""What is hidden of a cell is read and written as Jupyter's frontends do it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.outputs import JsonObject
from tui.document.hiding import hides_outputs, hides_source, with_hidden


@pytest.mark.parametrize(
    ("metadata", "source", "outputs"),
    [
        ({}, False, False),
        ({"jupyter": {"source_hidden": True}}, True, False),
        ({"jupyter": {"outputs_hidden": True}}, False, True),
        ({"collapsed": True}, False, True),
        ({"collapsed": True, "jupyter": {"outputs_hidden": False}}, False, False),
        ({"jupyter": {"source_hidden": "yes"}, "collapsed": 1}, False, False),
        ({"jupyter": ["source_hidden"]}, False, False),
    ],
)
def test_it_is_read_from_where_each_of_them_writes_it(
    metadata: JsonObject, source: bool, outputs: bool
) -> None:
    assert (hides_source(metadata), hides_outputs(metadata)) == (source, outputs)


METADATA = st.fixed_dictionaries(
    {},
    optional={
        "jupyter": st.dictionaries(st.sampled_from(["source_hidden", "outputs_hidden", "x"]), st.booleans()),
        "collapsed": st.booleans(),
        "tags": st.just(["a"]),
    },
)


@given(METADATA, st.booleans(), st.booleans())
def test_what_is_written_is_read_again_and_the_rest_stays(
    metadata: dict[str, object], source: bool, outputs: bool
) -> None:
    said = with_hidden(metadata, source=source, outputs=outputs)  # pyright: ignore[reportArgumentType] - JSON
    assert (hides_source(said), hides_outputs(said)) == (source, outputs)
    assert said.get("tags") == metadata.get("tags")
    before, now = metadata.get("jupyter"), said.get("jupyter")
    if isinstance(before, dict) and "x" in before:
        assert isinstance(now, dict)
        assert now["x"] == before["x"]


@given(METADATA, st.booleans(), st.booleans())
def test_to_say_it_twice_changes_nothing(metadata: dict[str, object], source: bool, outputs: bool) -> None:
    once = with_hidden(metadata, source=source, outputs=outputs)  # pyright: ignore[reportArgumentType] - JSON
    assert with_hidden(once, source=source, outputs=outputs) is once
