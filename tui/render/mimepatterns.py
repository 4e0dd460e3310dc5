"""MIME types that have a renderer of their own, apart from those, so that knowing them loads none."""

from __future__ import annotations

import re
from typing import Final

VEGA: Final = re.compile(r"application/vnd\.(vega|vegalite)\.v(\d{1,2})(\+json|\.json)")
FOREIGN: Final = re.compile(
    r"application/(vnd\.(bokehjs|holoviews)_(exec|load)\.v0\+json|pdf)|(audio|video)/.*", re.DOTALL
)
"""Types for browsers and players, which say more than the text beside them."""
