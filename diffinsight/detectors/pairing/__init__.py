"""Which block, section and row of one version is which of the other."""
