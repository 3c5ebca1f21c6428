"""What a new text says, and what a removed one said, by its weightiest sentences."""
