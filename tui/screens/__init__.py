"""The screens: the notebook, and what is laid over it. Importing this imports nothing."""
