"""From what a source says about where it was read to addresses that a reader can follow."""

import re

from markupsafe import Markup, escape

_WHERE = re.compile(
    r"(?P<doi>\b10\.\d{4,9}/[^\s;,]+[^\s;,.)])"
    r"|PMID\s*(?P<pmid>\d+)"
    r"|(?P<pmc>\bPMC\d+)"
    r"|(?P<trial>\bNCT\d{8})"
    r"|arXiv\s*(?P<arxiv>\d{4}\.\d{4,5})"
)
_HOMES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "trial": "https://clinicaltrials.gov/study/",
    "arxiv": "https://arxiv.org/abs/",
}


def linked(where: str) -> Markup:
    """Return the text with every DOI, PMID, PMC, trial and arXiv number as a link.

    Examples
    --------
    >>> linked("PMID 12030870")
    Markup('<a href="https://pubmed.ncbi.nlm.nih.gov/12030870" rel="noreferrer">PMID 12030870</a>')
    """
    pieces, at = [], 0
    for found in _WHERE.finditer(where):
        pieces.append(escape(where[at : found.start()]))
        kind = found.lastgroup or "doi"
        address = _HOMES[kind] + found[kind]
        pieces.append(Markup('<a href="{}" rel="noreferrer">{}</a>').format(address, found[0]))
        at = found.end()
    return Markup("").join([*pieces, escape(where[at:])])
