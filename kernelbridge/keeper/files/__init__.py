"""Files read and replaced as a whole, by the same rules here and on another machine."""
