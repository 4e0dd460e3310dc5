"""Code of ours in the user's kernel: sent as text, and known to `sys.modules` alone."""
