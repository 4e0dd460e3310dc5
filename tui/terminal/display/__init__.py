"""A display that sends a terminal the difference between what it shows and what it is to show."""
