"""The book of screening rules: look rows up by id, and know its digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from corneum.evidence import Source
from corneum.screening.rows import Override, Question, Rule, SignOff, digest_of


class UnknownRuleError(KeyError):
    """No rule has this id; the message names the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Standing:
    """Who stands behind a rule in this clinic.

    Parameters
    ----------
    sign_off
        The signature under the rule, or None.
    lapsed
        Whether the rule was changed after it was signed.
    override
        The clinic's own days or verdict, or None.
    """

    sign_off: SignOff | None = None
    lapsed: bool = False
    override: Override | None = None

    @property
    def signed(self) -> bool:
        """Whether a signature holds for the rule as it stands."""
        return self.sign_off is not None and not self.lapsed

    @property
    def text(self) -> str:
        """Who signed it, in words."""
        if self.sign_off is None:
            return "not signed off by a dermatologist"
        said = f"signed off by {self.sign_off.who} on {self.sign_off.when.isoformat()}"
        return f"not signed off by a dermatologist: {said}, but changed since" if self.lapsed else said


@dataclass(frozen=True)
class RuleBook:
    """All questions and rules of the screening tables, by id, in the order of the tables.

    Parameters
    ----------
    questions, rules
        Rows by id.
    standings
        Who signed or overrides a rule, by rule id; rules without an entry are unsigned.
    sources
        Sources that the rules name, by key.
    topics
        Name of the table in which each rule and question stands, by id.
    """

    questions: Mapping[str, Question]
    rules: Mapping[str, Rule]
    standings: Mapping[str, Standing] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule:
        """Return the rule as it was shipped, without overrides, or raise `UnknownRuleError`."""
        if rule_id in self.rules:
            return self.rules[rule_id]
        near = get_close_matches(rule_id, self.rules, n=3, cutoff=0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise UnknownRuleError(f"no screening rule has the id {rule_id!r}.{hint}")

    def standing(self, rule_id: str) -> Standing:
        """Return who stands behind a rule."""
        return self.standings.get(rule_id, Standing())

    def digest(self, ids: Iterable[str] | None = None) -> str:
        """Return the SHA-256 over rules (all, or those with ``ids``), their questions and overrides, in hex."""
        return self._whole_digest if ids is None else self._digest(ids)

    @cached_property
    def _whole_digest(self) -> str:
        return self._digest(self.rules)

    def _digest(self, ids: Iterable[str]) -> str:
        chosen = [self.rule(rule_id) for rule_id in sorted(set(ids))]
        asked = sorted({name for rule in chosen for name in self.asked_by(rule)})
        overrides = [self.standing(rule.id).override for rule in chosen]
        return digest_of(
            *chosen, *(self.questions[name] for name in asked), *(row for row in overrides if row is not None)
        )

    @cached_property
    def needed(self) -> frozenset[str]:
        """Ids of the questions that the rules need."""
        return frozenset(name for rule in self.rules.values() for name in self.asked_by(rule))

    def asked_by(self, rule: Rule) -> tuple[str, ...]:
        """Return the ids of the questions that a rule needs, those that open others first."""
        found: dict[str, None] = {}
        for clause in rule.when:
            chain = [clause.question]
            while (gate := self.questions[chain[-1]].only_if) is not None:
                chain.append(gate.question)
            found |= dict.fromkeys(reversed(chain))
        return tuple(found)
