"""A report as one page of HTML that asks for nothing from outside."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corneum.reports.course.blocks import Report


def html_of(report: Report) -> str:
    """Return the report as one page of HTML.

    Parameters
    ----------
    report
        What it says.
    """
    environment = Environment(
        loader=PackageLoader("corneum.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("course.html.j2").render(report=report, style=Markup(_style()))


def _style() -> str:
    folder = files("corneum.reports").joinpath("templates")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "course.css"))
