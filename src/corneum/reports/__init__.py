"""Reports: a result as one page that needs nothing else, on the screen and on paper."""

from corneum.reports.page import ReportPathError, render_report, write_report

__all__ = ["ReportPathError", "render_report", "write_report"]
