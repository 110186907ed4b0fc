"""Random intakes that a person could give: questions ruled out by an answer stay unanswered."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from corneum.screening import DONT_KNOW, Question, RuleBook
from corneum.screening.clauses import Answer, Answers, Truth, truth_of
from corneum.skin import SITES

TODAY = date(2026, 11, 20)
ZONES = st.lists(st.sampled_from(sorted(SITES)), min_size=1, max_size=5, unique=True)


def answer_to(question: Question, dice: Random) -> Answer:
    match question.kind:
        case "date":
            return TODAY - timedelta(days=dice.choice([dice.randrange(30), dice.randrange(800)]))
        case "sites":
            return tuple(dice.sample(sorted(SITES), dice.choice([0, 0, 1, 2, 4])))
        case "number":
            low = question.low if question.low is not None else 0
            return dice.uniform(low, question.high if question.high is not None else low + 100)
        case _:
            return dice.choice(question.allowed)


def intakes(book: RuleBook, *, open_questions: bool = True) -> st.SearchStrategy[Answers]:
    """Return random answers; with ``open_questions`` some are missing or not known.

    One drawn number throws all the dice: an intake has a hundred answers and more, and shrinking them one by one
    would take minutes.
    """
    return st.integers(0, 2**32).map(lambda seed: _intake(book, Random(seed), open_questions))


def _intake(book: RuleBook, dice: Random, open_questions: bool) -> Answers:
    found: Answers = {}
    open_share = dice.choice([0.0, 0.02, 0.2]) if open_questions else 0.0
    for question in in_order(book):
        if is_ruled_out(question, found, book):
            continue
        if dice.random() < open_share:
            if dice.random() < 0.5:
                found[question.id] = DONT_KNOW
        else:
            found[question.id] = answer_to(question, dice)
    return found


def in_order(book: RuleBook) -> list[Question]:
    """Return the questions, each after the one that opens it."""

    def depth(question: Question) -> int:
        return 0 if question.only_if is None else 1 + depth(book.questions[question.only_if.question])

    return sorted(book.questions.values(), key=depth)


def is_ruled_out(question: Question, answers: Answers, book: RuleBook) -> bool:
    gate = question.only_if
    return gate is not None and truth_of(gate, answers, book.questions, TODAY).truth is Truth.FALSE


def consistent(answers: Answers, book: RuleBook) -> Answers:
    """Return the answers without those that another answer rules out."""
    left = dict(answers)
    for question in in_order(book):
        if question.id in left and is_ruled_out(question, left, book):
            del left[question.id]
    return left


def risks(book: RuleBook) -> list[str]:
    """Return the yes_no questions whose "yes" alone is a risk: no rule and no question tests them for "no"."""
    clauses = [clause for rule in book.rules.values() for clause in rule.when]
    clauses += [question.only_if for question in book.questions.values() if question.only_if is not None]
    on_no = {clause.question for clause in clauses if "no" in clause.one_of}
    return [one.id for one in book.questions.values() if one.kind == "yes_no" and one.id not in on_no]
