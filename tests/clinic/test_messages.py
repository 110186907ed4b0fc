"""The German catalogue is whole, compiled, and keeps to the words that the software may use."""

import re
from pathlib import Path

import messages
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

GERMAN = messages.LOCALE / "de" / "LC_MESSAGES" / "django.po"
GAPS = re.compile(r"%\(\w[\w.]*\)[sd]|\{\d+\}|\{\{\w+\}\}|%%|</?strong>")
NEVER = re.compile(
    r"\b(sicher(e[rnsm]?|heit)?|ungefährlich\w*|harmlos\w*|gefahrlos\w*|risikofrei\w*|freigegeben\w*|unbedenklich\w*|"
    r"verbessert\w*|verbesserung\w*|geheilt\w*|heilt|optimal\w*|empfohlene\w* (dosis|einstellung)\w*|gutartig\w*|"
    r"makellos\w* ergebnis\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return messages.template()


def forms(one: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else tuple(one)


def test_every_message_of_the_clinic_is_there_and_translated(catalog: Catalog, wanted: Catalog) -> None:
    missing = [one.id for one in wanted if one.id and catalog.get(one.id, one.context) is None]
    empty = [one.id for one in catalog if one.id and not messages.is_translated(one)]
    assert not missing, "run tools/messages.py, then translate what is new"
    assert not empty


def test_no_message_is_left_over(catalog: Catalog, wanted: Catalog) -> None:
    assert not [one.id for one in catalog if one.id and wanted.get(one.id, one.context) is None]


def test_the_compiled_catalogue_is_that_of_the_written_one(catalog: Catalog) -> None:
    assert GERMAN.with_suffix(".mo").read_bytes() == messages.mo_of(catalog)


def test_gaps_are_kept(catalog: Catalog) -> None:
    for one in catalog:
        for said, told in zip(forms(one.id), forms(one.string), strict=True) if one.id else ():
            assert set(GAPS.findall(said)) == set(GAPS.findall(told)), said


def test_german_keeps_to_the_words_that_may_be_used(catalog: Catalog) -> None:
    found = [
        (told, match[0]) for one in catalog if one.id for told in forms(one.string) if (match := NEVER.search(told))
    ]
    assert not found


def test_german_texts_of_consent_have_the_sections_of_the_english_ones() -> None:
    folder = Path(messages.CLINIC) / "consent" / "texts"
    for path in sorted((folder / "en").glob("*.txt")):
        english, german = ((folder / language / path.name).read_text(encoding="utf-8") for language in ("en", "de"))
        for mark in ("# ", "## ", "{{plan}}", "{{risks}}"):
            lines = [sum(line.startswith(mark) for line in text.splitlines()) for text in (english, german)]
            assert lines[0] == lines[1], (path.name, mark)
        assert not NEVER.search(german)
