"""What may stand beside the project and is no part of it: tests use it where it is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

SHARED: Final = Path(os.environ.get("TNB_TESTS_SHARED", Path(__file__).parents[2] / "shared"))
"""The folder of it; another one is named by `TNB_TESTS_SHARED`."""
HOSTILE_FILES: Final = SHARED / "hostile" / "gen.py"
"""Makes a collection of hostile notebooks in the folder it is given; their canaries begin with tnbCANARY."""
