"""Interop: core types in the outside world's words."""

from corneum.interop.agenda import Appointment, agenda_bytes
from corneum.interop.calendar import Host, calendar_bytes, reminders_bytes
from corneum.interop.course_record import CourseRecord
from corneum.interop.fhir_bundle import bundle_of

__all__ = ["Appointment", "CourseRecord", "Host", "agenda_bytes", "bundle_of", "calendar_bytes", "reminders_bytes"]
