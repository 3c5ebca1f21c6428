"""What is quoted of a text, and cut where, so that its point is left."""
