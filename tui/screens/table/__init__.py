"""A table on the whole screen: scrolled, sorted and filtered, from the output's HTML or from the kernel."""
