"""Where on the body a rule reaches."""

from collections.abc import Mapping

from corneum.screening.clauses import Answer
from corneum.screening.rows import ANSWERED_SITES, EVERYWHERE, Rule
from corneum.skin import SITES


def sites_of(rule: Rule, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Return the names of the sites that ``rule`` reaches, treated or not.

    A site list that is not answered, or answered with "don't know", may name any site: the rule then reaches all.
    """
    if EVERYWHERE in rule.scope:
        return frozenset(SITES)
    if ANSWERED_SITES in rule.scope:
        named = [answers.get(clause.question) for clause in rule.when if clause.sites]
        lists = [frozenset(value) for value in named if isinstance(value, tuple)]
        return frozenset(SITES).intersection(*lists)
    return frozenset(site.name for site in SITES.values() if site.name in rule.scope or site.region in rule.scope)
