"""Kernels and their messages, and nothing of any screen: usable by other frontends.

Importing this imports nothing.
"""
