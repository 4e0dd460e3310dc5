"""Where keepers live, and who of them does."""
