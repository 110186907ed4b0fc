"""Marks on a client's skin: where they are, when a doctor looked, and what the course leaves out for them."""
