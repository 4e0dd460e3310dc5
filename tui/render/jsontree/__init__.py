"""JSON as a tree: in an output folded to what fits, and line by line for who walks through it."""
