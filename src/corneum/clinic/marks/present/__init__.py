"""Marks as pages show them."""
