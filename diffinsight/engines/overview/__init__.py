"""The words over all files: summary, highlights and their points."""
