"""What tnb depends on: licences that we may ship with, hashes in the lock, and no known vulnerabilities.

`python -m audit` in `tests`, or `make audit`. The exit status is 1 where one of them does not hold. Where no
database of vulnerabilities can be reached it says so: then nothing is known of them, which is no failure.
"""

from __future__ import annotations

import sys
from pathlib import Path

from audit.licences import licences, unwelcome
from audit.lock import without_hash
from audit.vulnerabilities import Unreachable, vulnerabilities

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Look at all three."""
    found = licences("tnb", extras=("charts",))
    bad = [f"{name}: {licence or 'none is given'}" for name, licence in unwelcome(found).items()]
    bare = without_hash(ROOT / "uv.lock")
    print(f"licences: {len(found)} packages are installed with tnb, {len(bad) or 'none'} not allowed")
    print(f"lock: {len(bare) or 'no'} packages without a hash")
    known = vulnerabilities(ROOT / "constraints.txt")
    if isinstance(known, Unreachable):
        print(f"vulnerabilities: not known, no database can be reached ({known.reason})")
        known = []
    else:
        print(f"vulnerabilities: {len(known) or 'none'} known")
    for line in (*bad, *bare, *known):
        print(f"  {line}")
    return 1 if bad or bare or known else 0


if __name__ == "__main__":
    sys.exit(main())
