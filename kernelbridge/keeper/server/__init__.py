"""Kernels on a Jupyter Server: over HTTP and a websocket that comes back."""
