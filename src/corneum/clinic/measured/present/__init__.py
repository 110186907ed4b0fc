"""Measured change in words and drawings."""
