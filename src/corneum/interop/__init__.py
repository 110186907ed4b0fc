"""Interop: core types in the outside world's words."""

from corneum.interop.agenda import Appointment, agenda_bytes
from corneum.interop.calendar import calendar_bytes, reminders_bytes

__all__ = ["Appointment", "agenda_bytes", "calendar_bytes", "reminders_bytes"]
