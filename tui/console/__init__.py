"""`tnb console`: a plain terminal REPL on the bridge to the kernel, without a screen of its own."""
