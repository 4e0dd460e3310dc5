"""Ways to a keeper, all behind the one interface in `base`. Importing this imports nothing."""
