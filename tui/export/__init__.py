"""A notebook as something to take away: its rows one after the other, as they are printed."""
