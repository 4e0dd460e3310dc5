"""Pictures of pixels on a terminal: what it can show, and how they get there."""
