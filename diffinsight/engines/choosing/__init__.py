"""Which findings are told, which of them together, and in what order."""
