"""Figures of a report: each is an inline SVG with a caption and a text for those who do not see it."""
