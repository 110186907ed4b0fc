"""Plans in words and drawings."""
