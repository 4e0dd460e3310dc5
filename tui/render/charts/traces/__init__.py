"""The kinds of traces, one a file: each makes marks in the units of the axes."""
