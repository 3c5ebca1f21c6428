"""A language model phrases the facts."""
