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


def pieces(where: str) -> tuple[tuple[str, str], ...]:
    """Return the text cut into pieces, each with the address that it names, or with an empty one.

    Examples
    --------
    >>> pieces("Tan 2001, PMID 11722409")
    (('Tan 2001, ', ''), ('PMID 11722409', 'https://pubmed.ncbi.nlm.nih.gov/11722409'))
    """
    found, at = [], 0
    for match in _WHERE.finditer(where):
        found.append((where[at : match.start()], ""))
        kind = match.lastgroup or "doi"
        found.append((match[0], _HOMES[kind] + match[kind]))
        at = match.end()
    return tuple(piece for piece in [*found, (where[at:], "")] if piece[0])


def linked(where: str) -> Markup:
    """Return the text with every DOI, PMID, PMC, trial and arXiv number as a link.

    Examples
    --------
    >>> linked("PMID 12030870")
    Markup('<a href="https://pubmed.ncbi.nlm.nih.gov/12030870" rel="noreferrer">PMID 12030870</a>')
    """
    link = Markup('<a href="{}" rel="noreferrer">{}</a>')
    return Markup("").join(link.format(address, text) if address else escape(text) for text, address in pieces(where))
