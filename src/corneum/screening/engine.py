"""May this person be treated, where, and from when on: the rules applied to the answers of one day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from corneum.screening.answers import checked_answers, checked_zones
from corneum.screening.clauses import Answers, Known, Truth, all_of, truth_of
from corneum.screening.result import Finding, FindingKind, Screening, ZoneScreening, strictest_first
from corneum.screening.rows import Question, Rule
from corneum.screening.rule_book import RuleBook
from corneum.screening.scope import sites_of
from corneum.screening.tables import load_rules


def screen(
    answers: Mapping[str, object], zones: Iterable[str], today: date, rules: RuleBook | None = None
) -> Screening:
    """Return what the rules say of a person's answers, for each zone.

    Parameters
    ----------
    answers
        Answer by question id. A missing answer never counts as "no": every rule that needs it asks a clinician, and
        so does an answer "don't know".
    zones
        Sites to treat; names or aliases of `corneum.skin.SITES`.
    today
        The day from which waits are counted.
    rules
        The rules; the shipped ones if None.

    Returns
    -------
    Screening
        A verdict for each zone, the strictest of its findings. No verdict is a permission: a named clinician decides.

    Raises
    ------
    AnswersError
        If an answer or a zone cannot be read; every mistake is listed.

    Examples
    --------
    >>> from datetime import date
    >>> screen({"person.age": 40}, ["cheek"], date(2026, 11, 20)).zones["cheek"].verdict
    'ask'
    """
    book = load_rules() if rules is None else rules
    sites = checked_zones(zones)
    checked = checked_answers(answers, today, book)
    found = [one for rule in book.rules.values() if (one := finding_of(rule, checked, sites, today, book)) is not None]
    findings = strictest_first(found)
    return Screening(
        today=today,
        zones={site: ZoneScreening(site, tuple(one for one in findings if site in one.zones)) for site in sites},
        findings=findings,
        digest=book.digest(),
    )


def finding_of(rule: Rule, answers: Answers, sites: tuple[str, ...], today: date, book: RuleBook) -> Finding | None:
    """Return what one rule says of checked answers, or None if it says nothing of these sites."""
    override = book.standing(rule.id).override
    held = override.applied_to(rule) if override is not None else rule
    reached = sites_of(rule, answers)
    zones = tuple(site for site in sites if site in reached)
    known, shipped = _known(held, answers, today, book), _known(rule, answers, today, book)
    if not zones or (known.truth is Truth.FALSE and shipped.truth is not Truth.TRUE):
        return None
    kind: FindingKind
    match known.truth:
        case Truth.TRUE:
            kind, verdict = "fired", held.verdict
        case Truth.FALSE:
            kind, verdict = "overridden", "note"
        case Truth.UNANSWERED:
            kind, verdict = "unanswered", "ask"
        case Truth.DONT_KNOW:
            kind, verdict = "dont_know", "ask"
    return Finding(
        rule=rule,
        kind=kind,
        verdict=verdict,
        zones=zones,
        until=_until(held, answers, today) if kind == "fired" else None,
        standing=book.standing(rule.id),
        shipped_verdict=rule.verdict if shipped.truth is Truth.TRUE else verdict,
        shipped_until=_until(rule, answers, today) if shipped.truth is Truth.TRUE else None,
        open_questions=known.open_questions,
    )


def questions(
    rules: RuleBook | None = None, answers: Mapping[str, object] | None = None, *, today: date | None = None
) -> tuple[Question, ...]:
    """Return the questions that the rules need, in the order of the tables.

    Parameters
    ----------
    rules
        The rules; the shipped ones if None.
    answers
        Checked answers so far; questions that they rule out are left out. Those already answered stay.
    today
        The day of screening, for questions that a date opens; if None, every date opens them.
    """
    book = load_rules() if rules is None else rules
    given: Answers = dict(answers or {})  # type: ignore[arg-type]
    return tuple(
        question
        for question in book.questions.values()
        if question.id in book.needed
        and (
            answers is None
            or question.only_if is None
            or truth_of(question.only_if, given, book.questions, today).truth is not Truth.FALSE
        )
    )


def _known(rule: Rule, answers: Answers, today: date, book: RuleBook) -> Known:
    return all_of(truth_of(clause, answers, book.questions, today) for clause in rule.when)


def _until(rule: Rule, answers: Answers, today: date) -> date | None:
    if rule.verdict != "defer" or rule.wait_days is None:
        return None
    tested = [answers.get(clause.question) for clause in rule.when if clause.within_days]
    start = max((day for day in tested if isinstance(day, date)), default=today)
    return start + timedelta(days=rule.wait_days)
