"""What is different between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strategies import texts
from tui.document.textchange import TextChange, difference


@given(texts(), texts())
def test_the_difference_makes_the_new_text_of_the_old(old: str, new: str) -> None:
    assert difference(old, new).apply(old) == new


@given(texts(), texts(), texts(), texts())
def test_the_difference_leaves_out_what_both_ends_share(before: str, old: str, new: str, after: str) -> None:
    change = difference(before + old + after, before + new + after)
    assert len(change.removed) <= len(old)
    assert len(change.inserted) <= len(new)
    assert not change.removed or not change.inserted or change.removed[0] != change.inserted[0]
    assert not change.removed or not change.inserted or change.removed[-1] != change.inserted[-1]


def test_one_more_of_equal_letters_is_one_letter() -> None:
    assert difference("aaa", "aaaa") == TextChange(3, "", "a")


@given(texts(), st.data())
def test_changes_that_touch_are_one_that_does_both(text: str, data: st.DataObject) -> None:
    changes: list[TextChange] = []
    changed = text
    for _ in range(2):
        start = data.draw(st.integers(0, len(changed)))
        end = data.draw(st.integers(start, len(changed)))
        changes.append(TextChange(start, changed[start:end], data.draw(texts(4))))
        changed = changes[-1].apply(changed)
    both = changes[0].then(changes[1])
    if both is None:
        one, two = changes
        assert two.start > one.start + len(one.inserted) or two.start + len(two.removed) < one.start
    else:
        assert both.apply(text) == changed
