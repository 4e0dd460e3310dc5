"""The text of examples/outputs.ipynb as `tnb show` is to print it; `make goldens` writes it anew."""
