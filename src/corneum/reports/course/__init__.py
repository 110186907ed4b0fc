"""The reports of a course: for the practitioner and for the client, as HTML and as PDF, from one content model."""

from corneum.reports.course.client import client_report
from corneum.reports.course.practitioner import practitioner_report
from corneum.reports.course.simulated import simulated_plan
from corneum.reports.course.writing import CourseFiles, write_course_reports

__all__ = ["CourseFiles", "client_report", "practitioner_report", "simulated_plan", "write_course_reports"]
