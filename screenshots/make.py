"""Draws all scenes anew: `python -m screenshots.make`. The same program gives the same bytes."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from screenshots.scenes import SCENES
from screenshots.stage import draw

FOLDER = Path(__file__).parent


async def main() -> None:
    """Write every scene's picture, and remove those that no scene makes any more."""
    os.environ.pop("NO_COLOR", None)
    for scene in SCENES:
        (FOLDER / f"{scene.name}.svg").write_text(await draw(scene), encoding="utf-8")
        print(f"screenshots/{scene.name}.svg  {scene.shows}")
    for picture in FOLDER.glob("*.svg"):
        if picture.stem not in {scene.name for scene in SCENES}:
            picture.unlink()


if __name__ == "__main__":
    asyncio.run(main())
