"""The journal on disk: what is kept of each run until a frontend has saved it."""
