"""What the two versions are made of, and what a single text, row or line of code says."""
