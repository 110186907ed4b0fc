"""Template tags of the clinic."""
