"""The command line as shells complete it: the same words for each, in its own language."""
