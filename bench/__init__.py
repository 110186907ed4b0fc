"""Measurements of speed: ``python -m bench``, or ``python -m bench kernel`` for one of them."""
