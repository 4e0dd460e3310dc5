"""Outputs and markdown as rows of styled text. One kind of content a file."""
