import pytest

from corneum.screening import RulesError, load_rules
from corneum.screening.tables import build_book
from tests.screening.sample_rules import QUESTIONS, RECENT, RULES, book_of, rule, written


def mistakes_of(folder, *texts):
    with pytest.raises(RulesError) as refused:
        build_book([written(folder, QUESTIONS, *texts, name="bad.toml")])
    return refused.value.mistakes


def test_rows_keep_the_order_of_the_table(tmp_path):
    book = book_of(tmp_path)
    assert list(book.rules) == list(RULES)
    assert book.topics["drug.010"] == "rules"
    assert book.rule("drug.010").wait_days == 183
    assert book.asked_by(book.rule("wart.020")) == ("wart.sites", "wart.kind")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULES["drug.010"].replace("wait_days", "wait_day"), "unknown field 'wait_day'; did you mean 'wait_days'?"),
        (RULES["drug.010"].replace("within_days", "within_day"), "did you mean 'within_days'?"),
        (RULES["drug.010"].replace("would", "wuld"), "did you mean 'would'?"),
        (RULES["drug.010"].replace("drug.last_dose", "drug.last_dos"), "did you mean 'drug.last_dose'?"),
        (RULES["drug.010"].replace("wait_days = 183", "wait_days = 100"), "a day that has passed"),
        (RULES["sore.010"].replace('"stop"', '"stop"\nwait_days = 3'), "wait_days belongs to verdict = 'defer'"),
        (RULES["sore.010"].replace('"perioral"', '"perioal"'), "scope 'perioal' is not known"),
        (RULES["sore.010"].replace('["perioral", "chin"]', '"answered_sites"'), "needs a clause with sites = true"),
        (RULES["sore.010"].replace('["perioral", "chin"]', '["chin", "everywhere"]'), "scope is one of"),
        (RULES["sore.010"].replace('["perioral", "chin"]', "[]"), "scope is one of"),
        (RULES["sore.010"].replace('["yes"]', '["maybe"]'), "'maybe' is no answer to sore.now"),
        (RULES["sore.010"].replace('is = ["yes"]', "at_least = 2"), "it is tested by is, not by at_least"),
        (RULES["sore.010"].replace(', is = ["yes"]', ""), "tests nothing"),
        (RULES["sore.010"].replace("expert opinion", "strong"), "'strong' is not a strength"),
        (RULES["sore.010"].replace("project_assumption", "project_asumption"), "did you mean 'project_assumption'?"),
        (RULES["sore.010"].replace('"stop"', '"halt"'), "verdict"),
        (RULES["sore.010"].replace('title = "The rule sore.010"', ""), "'title' is missing"),
        (RULES["sore.010"] * 2, "sore.010: given twice, first at bad.toml:"),
        ("[[rul]]\nid = 'a'", "[[rul]] is not a kind of row here; did you mean [[rule]]?"),
        ("[[sign_off]]\nrule = 'sore.01'\nwho = 'Dr A'\nwhen = 2026-01-01", "unknown rule 'sore.01'"),
        ("[[", "cannot be read"),
    ],
)
def test_a_mistake_is_told(tmp_path, text, said):
    found = mistakes_of(tmp_path, text)
    assert any(said in one and one.startswith("bad.toml") for one in found), found


def test_a_mistake_names_its_line(tmp_path):
    (mistake,) = mistakes_of(tmp_path, RULES["sore.010"].replace('"stop"', '"halt"'))
    line = 1 + next(n for n, text in enumerate((tmp_path / "bad.toml").read_text().splitlines()) if "[[rule]]" in text)
    assert mistake.startswith(f"bad.toml:{line}: sore.010: verdict")


def test_all_mistakes_are_told_at_once(tmp_path):
    texts = [text.replace("strength", "strenght") for text in RULES.values()]
    assert len(mistakes_of(tmp_path, *texts)) == 2 * len(RULES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("choices = [{ id = 'a', text = 'A' }]", "choices belong to kind = 'choice'"),
        ("low = 3", "belong to kind = 'number'"),
        ("only_if = { question = 'more.one', is = ['yes'] }", "leads back to itself"),
        ("only_if = { question = 'more.none', is = ['yes'] }", "unknown question 'more.none'"),
    ],
)
def test_a_wrong_question_is_told(tmp_path, text, said):
    row = f"[[question]]\nid = 'more.one'\ntext = 'Is there more?'\nkind = 'yes_no'\n{text}"
    assert any(said in one for one in mistakes_of(tmp_path, row))


def test_questions_that_open_each_other_are_refused(tmp_path):
    rows = [
        f"[[question]]\nid = 'a.{one}'\ntext = 'Is there more?'\nkind = 'yes_no'\n"
        f"only_if = {{ question = 'a.{other}', is = ['yes'] }}\n"
        for one, other in ["xy", "yx"]
    ]
    assert sum("leads back to itself" in one for one in mistakes_of(tmp_path, *rows)) == 2


def test_an_override_of_days_needs_a_rule_that_defers(tmp_path):
    override = "[[override]]\nrule = 'sore.010'\nwait_days = 3\nwho = 'Dr A'\nwhen = 2026-01-01\nwhy = 'A reason.'"
    assert any("give verdict = 'defer' too" in one for one in mistakes_of(tmp_path, RULES["sore.010"], override))


def test_a_clinic_adds_and_does_not_replace(tmp_path):
    shipped = load_rules()
    own = rule("clinic_own.010", '{ question = "person.age", below = 21 }', '"everywhere"', "ask")
    assert set(load_rules(written(tmp_path, own)).rules) == {*shipped.rules, "clinic_own.010"}
    taken = next(iter(shipped.rules))
    with pytest.raises(RulesError, match=rf"{taken}: given twice"):
        load_rules(written(tmp_path, own.replace("clinic_own.010", taken)))


def test_the_digest_moves_with_rules_questions_and_overrides(tmp_path):
    plain = book_of(tmp_path).digest()
    assert book_of(tmp_path).digest() == plain
    changed = [
        [text.replace("183", "184") for text in RULES.values()],
        [*RULES.values(), rule("more.010", RECENT, '"face"', "note")],
        [*RULES.values(), "[[override]]\nrule='drug.010'\nwait_days=9\nwho='Dr A'\nwhen=2026-01-01\nwhy='A reason.'"],
    ]
    assert len({plain, *(book_of(tmp_path, *texts).digest() for texts in changed)}) == 4
    assert book_of(tmp_path).digest(["sore.010"]) == book_of(tmp_path, *changed[0]).digest(["sore.010"])
