"""The notebook on screen: one widget that draws the rows in sight, whatever the length of the notebook."""
