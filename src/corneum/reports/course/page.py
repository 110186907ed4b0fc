"""A report as one page of HTML that asks for nothing from outside."""

from markupsafe import Markup

from corneum.reports.course.blocks import Report
from corneum.reports.templating import environment, style


def html_of(report: Report) -> str:
    """Return the report as one page of HTML.

    Parameters
    ----------
    report
        What it says.
    """
    return environment().get_template("course.html.j2").render(report=report, style=Markup(style("course.css")))
