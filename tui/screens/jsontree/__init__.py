"""A JSON value to walk through: a tree that opens and folds, is searched, and copied from."""
