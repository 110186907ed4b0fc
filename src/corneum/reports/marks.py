"""The mark of how a number was read, as it is shown wherever its value is."""

from markupsafe import Markup

from corneum.evidence import READ_CODES
from corneum.evidence.rows import MARKED


def badge(read: str) -> Markup:
    """Return the reading code as a badge, with its meaning on hover; codes that must be seen stand out."""
    kind = "marked" if read in MARKED else "plain"
    return Markup('<abbr class="badge {}" title="{}">{}</abbr>').format(kind, READ_CODES[read], read)
