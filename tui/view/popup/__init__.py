"""What is drawn over the notebook beside the cursor: completions, and what the kernel knows of a name."""
