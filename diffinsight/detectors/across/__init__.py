"""What one file's findings need to know of the other files and of the repository."""
