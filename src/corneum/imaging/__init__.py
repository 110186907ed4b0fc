"""Photographs: read them, judge them, align them, and measure what changed, with its error."""
