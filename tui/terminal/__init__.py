"""The terminal itself: what it sends, what it is sent, and what it can do."""
