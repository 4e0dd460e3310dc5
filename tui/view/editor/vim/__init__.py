"""Vim's keys for a cell, pure: what is remembered from key to key, and what a key makes of the text."""
