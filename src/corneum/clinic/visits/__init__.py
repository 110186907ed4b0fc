"""Appointments: the day, the calendar, booking without clashes, and who is to be called."""
