"""Writes the golden texts anew: `cd tests && python -m golden`. Look at the difference before committing."""

from __future__ import annotations

from golden.texts import GOLDEN, printed

for path, width in GOLDEN.items():
    path.write_text("".join(f"{line}\n" for line in printed(width)), encoding="utf-8")
    print(path.name)
