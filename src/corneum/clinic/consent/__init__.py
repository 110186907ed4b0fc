"""Consent: what was read, what was agreed to and by whom, and what was taken back."""
