"""Screening: may this person be treated, where, and from when on. It sees answers, never pixels or physics."""

from corneum.screening.answers import AnswersError, condition_in_words
from corneum.screening.answers_file import AnswerSheet, read_answers
from corneum.screening.cases import Case, load_cases, run_case
from corneum.screening.dates import date_in_words
from corneum.screening.engine import questions, screen
from corneum.screening.result import Finding, Screening, ZoneScreening
from corneum.screening.rows import DONT_KNOW, Clause, Conflict, Override, Question, Rule, SignOff
from corneum.screening.rule_book import RuleBook, Standing, UnknownRuleError
from corneum.screening.tables import RulesError, load_rules
from corneum.screening.verdicts import MEANINGS, VERDICTS, Verdict, worst
from corneum.screening.wording import (
    consequence,
    finding_sentence,
    override_sentence,
    verdict_in_words,
    zone_sentence,
)

__all__ = [
    "DONT_KNOW",
    "MEANINGS",
    "VERDICTS",
    "AnswerSheet",
    "AnswersError",
    "Case",
    "Clause",
    "Conflict",
    "Finding",
    "Override",
    "Question",
    "Rule",
    "RuleBook",
    "RulesError",
    "Screening",
    "SignOff",
    "Standing",
    "UnknownRuleError",
    "Verdict",
    "ZoneScreening",
    "condition_in_words",
    "consequence",
    "date_in_words",
    "finding_sentence",
    "load_cases",
    "load_rules",
    "override_sentence",
    "questions",
    "read_answers",
    "run_case",
    "screen",
    "verdict_in_words",
    "worst",
    "zone_sentence",
]
