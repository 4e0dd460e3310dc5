"""The pictures in the README show the program as it is."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from screenshots.scenes import SCENES, Scene
from screenshots.stage import draw

FOLDER = Path(__file__).parents[1] / "screenshots"
DRAWN_ANEW = [scene for scene in SCENES if scene.name in ("overview", "markdown", "dead")]
"""One with runs, one without, and one whose kernel dies."""


def picture(scene: Scene) -> str:
    return (FOLDER / f"{scene.name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("scene", DRAWN_ANEW, ids=lambda it: it.name)
async def test_the_program_still_draws_what_the_picture_shows(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert await draw(scene) == picture(scene), "the program looks otherwise now: make screenshots"


def test_every_scene_has_its_picture_and_every_picture_its_scene() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in SCENES}


@pytest.mark.parametrize("scene", SCENES, ids=lambda it: it.name)
def test_a_picture_is_well_formed_and_loads_nothing(scene: Scene) -> None:
    text = picture(scene)
    ElementTree.fromstring(text)
    assert re.findall(r"\w+://[^\"'\s<)]+", text) == ["http://www.w3.org/2000/svg"]
    assert "@import" not in text
    assert "href" not in text
