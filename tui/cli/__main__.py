"""`python -m tui.cli`: how tnb starts itself once more, whatever its script is called."""

import sys

from tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
