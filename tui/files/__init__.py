"""The notebook's file: read span by span, saved by splicing what changed, and never half written."""
