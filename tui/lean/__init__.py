"""A lean start: what Python and the libraries do at once is done when it is needed."""
