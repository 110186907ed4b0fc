"""Photographs of a client: taken or brought in, judged, kept apart from every other file, and shown by consent only."""
