"""The templates and style sheets of the reports."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """Return the templates, strict on missing names and escaping all text; read and compiled once."""
    return Environment(
        loader=PackageLoader("corneum.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style(*more: str) -> str:
    """Return the house style sheet, followed by further ones."""
    folder = files("corneum.reports").joinpath("templates")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", *more))
