"""Slow work: a row written with the change that asks for it, done by a worker."""
