"""Ways to a kernel, all behind the one interface in `base`. Importing this imports nothing."""
