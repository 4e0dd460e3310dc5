"""What can be read upon what."""

from __future__ import annotations

import pytest

from tui.render.contrast import contrast, readable_instead

BLACK, WHITE, YELLOW = (0, 0, 0), (255, 255, 255), (255, 220, 0)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == 21
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("asked", [None, 7, 15])
def test_what_the_theme_chose_gives_way_where_it_cannot_be_read(asked: int | None) -> None:
    assert readable_instead(asked, WHITE, YELLOW, (WHITE, BLACK)) == BLACK
    assert readable_instead(asked, BLACK, YELLOW, (WHITE, BLACK)) is None


@pytest.mark.parametrize("asked", [16, 231, WHITE])
def test_what_the_content_chose_stays(asked: int | tuple[int, int, int]) -> None:
    assert readable_instead(asked, WHITE, YELLOW, (WHITE, BLACK)) is None
