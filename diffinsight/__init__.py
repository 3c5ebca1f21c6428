"""Tells people what changed in documentation."""

__version__ = "0.1.0"
