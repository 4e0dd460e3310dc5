"""Notebooks run without a screen: what `tnb run` does, by the same keeper, session and file as the screen."""
