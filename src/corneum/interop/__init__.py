"""Interop: core types in the outside world's words."""

from corneum.interop.calendar import calendar_bytes

__all__ = ["calendar_bytes"]
