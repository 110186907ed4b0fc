"""The list of a course's photographs."""

from datetime import date, datetime

import pytest

from corneum.imaging.pairs.manifest import ManifestError, read_manifest

HEAD = 'title = "A course"\nfirst_session = 2026-01-13\n'
BASELINE = '[[photo]]\nfile = "a.jpg"\nstate = "baseline"\ntaken = 2026-01-12T10:30:00\n'
LATER = '[[photo]]\nfile = "c.jpg"\nstate = "durable"\ntaken = 2026-03-23\nsession = 5\n'
SOONER = '[[photo]]\nfile = "b.jpg"\nstate = "immediate"\ntaken = 2026-02-01T09:00:00+05:00\nsession = 2\n'


@pytest.fixture
def listed(tmp_path):
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(b"x")

    def read(text):
        path = tmp_path / "series.toml"
        path.write_text(text)
        return read_manifest(path)

    return read


def told(listed, text):
    with pytest.raises(ManifestError) as refused:
        listed(text)
    return str(refused.value).splitlines()


def test_baseline_first_then_by_date_with_days_and_moments(listed):
    found = listed(HEAD + LATER + SOONER + BASELINE)
    assert (found.title, found.first_session, found.site) == ("A course", date(2026, 1, 13), "")
    assert found.baseline.taken == datetime(2026, 1, 12, 10, 30)
    assert [one.path.name for one in found.followups] == ["b.jpg", "c.jpg"]
    assert [one.session for one in found.followups] == [2, 5]
    assert found.followups[1].taken == datetime(2026, 3, 23)


def test_clocks_with_and_without_a_zone_stand_in_one_order(listed):
    found = listed(BASELINE + LATER + SOONER)
    assert found.followups[0].taken == datetime(2026, 2, 1, 9)


def test_photographs_without_dates_stand_by_session_then_name(listed):
    plain = "".join(
        f'[[photo]]\nfile = "{name}"\nstate = "durable"\nsession = {n}\n' for name, n in (("c.jpg", 1), ("b.jpg", 3))
    )
    assert [one.path.name for one in listed(plain + BASELINE).followups] == ["c.jpg", "b.jpg"]


def test_every_mistake_is_told_at_once(listed):
    lines = told(
        listed,
        'titel = "A"\nsite = "forarm"\n'
        + BASELINE.replace("state", "stat")
        + LATER.replace("c.jpg", "away/d.jpg").replace("durable", "durabel")
        + SOONER.replace("b.jpg", "x/e.jpg").replace("session", 'view = "frnt"\nsession')
        + SOONER.replace("b.jpg", "sub/f.jpg"),
    )
    text = "\n".join(lines)
    assert all(line.startswith("series.toml: ") for line in lines)
    assert "at the head: titel: unknown key; did you mean 'title'?" in text
    assert "no body site is called 'forarm': did you mean 'forearm'?" in text
    assert "photo 1: stat: unknown key; did you mean 'state'?" in text
    assert "photo 1: state: missing" in text
    assert "'baseline', 'immediate' or 'durable', not 'durabel'" in text
    assert "photo 3: view: no view is called 'frnt': did you mean 'front'?" in text
    assert "there is no file 'sub/f.jpg' beside the list" in text
    assert "exactly one" not in text, "the baseline may be the photograph that could not be read"


def test_a_misspelt_table_is_told_with_its_name(listed):
    lines = told(listed, BASELINE.replace("[[photo]]", "[[photos]]"))
    assert "series.toml: at the head: photos: unknown key; did you mean 'photo'?" in lines
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BASELINE + BASELINE.replace("a.jpg", "b.jpg") + LATER, 'exactly one photograph has state = "baseline", not 2'),
        (LATER + SOONER, 'exactly one photograph has state = "baseline", not 0'),
        (BASELINE, "a baseline and at least one more photograph"),
        (BASELINE + LATER.replace("2026-03-23", "2025-03-23"), "dated 2025-03-23, before the baseline on 2026-01-12"),
        (BASELINE + LATER + "scale_px_per_mm = -3.0\n", "scale_px_per_mm"),
        (BASELINE + LATER.replace("c.jpg", "../c.jpg"), "'../c.jpg' lies outside the folder of the list"),
        (BASELINE + LATER.replace("c.jpg", "/etc/hostname"), "'/etc/hostname' lies outside the folder of the list"),
        (BASELINE + LATER + LATER, "'c.jpg' is listed twice"),
        (
            SOONER.replace("2026-02-01", "2026-03-22") + BASELINE + LATER,
            "'c.jpg' of 2026-03-23 is called durable, 1 day after the session of 2026-03-22",
        ),
        (
            HEAD + BASELINE + LATER.replace("2026-03-23", "2026-01-20"),
            "called durable, 7 days after the session of 2026-01-13: durable is 14 days or more",
        ),
        ('photo = "a.jpg"', "write each photograph as a table of its own"),
        ('photo = ["a.jpg", "b.jpg"]', "photo 1: write it as a table of its own"),
        ("title = ", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_told(listed, text, why):
    assert why in "\n".join(told(listed, text))


def test_a_file_that_is_not_text_or_not_there(tmp_path):
    (tmp_path / "series.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ManifestError, match="not a TOML file"):
        read_manifest(tmp_path / "series.toml")
    with pytest.raises(OSError, match=r"other\.toml"):
        read_manifest(tmp_path / "other.toml")
