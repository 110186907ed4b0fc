"""Reports: a result as one page that needs nothing else, on the screen and on paper."""

from corneum.reports.files import ReportPathError
from corneum.reports.page import render_report, write_report

__all__ = ["ReportPathError", "render_report", "write_report"]
