"""Finding text in a notebook, and replacing it."""
