"""The terminal notebook. Importing this imports nothing."""
