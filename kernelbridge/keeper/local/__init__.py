"""Kernels that are spoken to over ZeroMQ: of this machine, and those that somebody else started."""
