"""Reports of measured photographs: aligned pictures, change maps, tables with errors, trends of a course."""

from corneum.reports.photographs.pair import render_pair
from corneum.reports.photographs.series import render_series
from corneum.reports.photographs.writing import PairFiles, write_pair_report, write_series_report

__all__ = ["PairFiles", "render_pair", "render_series", "write_pair_report", "write_series_report"]
