"""What the core says, in the language of the page.

The core speaks English, in sentences of its tables and in sentences that it puts together. The clinic's catalogue holds
both: a sentence of the second kind stands in it with numbered gaps, as in ``Defer until {1}``, and is found again by
them. What fills a gap is spoken in turn, so that dates, numbers and names of sites come out in the page's language too.
What nobody translated stays as the core said it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from django.utils import translation
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext_noop, trans_real

_GAP = re.compile(r"\{(\d+)\}")
_STOPS = ".:;"
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"(?<=[.:;?!]) ")
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w.]*\d)|(?<![\w.:/-])\d+\.\d+(?![\w.]*\d)")
_CODE = re.compile(r"[A-Z]{2,4}-?\d+|[a-z_]+(?:\.[a-z0-9_]+)+|[\d.,–-]+ ?(?:%|h|d|µm|mm|cm|kPa|mmHg|[A-Z]{3})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES_OF_MONTHS = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(rf"\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(\d{{1,2}}) {_NAMES_OF_MONTHS}(?: (\d{{4}}))?\b")
_BETWEEN = re.compile(r"(, | and )")
_SHORT = 9
_LONGEST_NAME = 2
"""Spaces in a name that somebody gave, as of a device, among words that are known."""
_LIST, _DOT = "; ", " · "
_AND = {" and ": gettext_noop("and")}


@dataclass(frozen=True)
class _Pattern:
    expression: re.Pattern[str]
    told: str
    short: bool


def spoken(text: str) -> str:
    """Return what the core said in the page's language.

    Parameters
    ----------
    text
        English, as a function or a table of the core has it; spaces at its ends are kept.
    """
    language = translation.get_language() or "en"
    if language.startswith("en") or not text.strip():
        return str(text)
    return _spoken(str(text), language)


@lru_cache(maxsize=4096)
def _spoken(text: str, language: str) -> str:
    plain = _SPACES.sub(" ", text).strip()
    start = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :]
    found = _known(plain, language) or _joined(plain, language)
    return f"{start}{found or _leaf(plain)}{end}"


def _known(plain: str, language: str) -> str:
    """Return the translation of a whole sentence or name, or nothing."""
    if not _LETTER.search(_DATE.sub("", plain)) or _CODE.fullmatch(plain):
        return _leaf(plain)
    for said in dict.fromkeys((plain, plain[:1].upper() + plain[1:], plain[:1].lower() + plain[1:])):
        if found := _messages(language).get(said) or _filled(said, language):
            return found[:1].upper() + found[1:] if plain[0].isupper() and said != plain else found
    if plain[-1] in _STOPS and (found := _known(plain[:-1], language)):
        return found + plain[-1]
    return ""


def _filled(said: str, language: str) -> str:
    """Return a sentence with gaps, filled; or nothing."""
    for pattern in _patterns(language):
        match = pattern.expression.fullmatch(said)
        if match is not None and not (pattern.short and _has_strangers(match, language)):
            told = {name[1:]: _spoken(value, language) if value else "" for name, value in match.groupdict().items()}
            return _GAP.sub(lambda gap, told=told: told[gap[1]], pattern.told)  # type: ignore[misc]
    return ""


def _has_strangers(match: re.Match[str], language: str) -> bool:
    """Return whether a gap holds what nobody translated: a sentence of few letters then means nothing."""
    return any(value and not (_known(value, language) or _joined(value, language)) for value in match.groups())


def _joined(plain: str, language: str) -> str:
    """Return several sentences, or several names, each of which is known; or nothing."""
    if _DOT in plain:
        return _DOT.join(_spoken(part, language) for part in plain.split(_DOT))
    strict, lenient = (_listed(plain, language, enough) for enough in (all, any))
    return strict or _names(plain, language) or _sentences(plain, language) or lenient


def _listed(plain: str, language: str, enough: Callable[[Iterable[str]], bool]) -> str:
    parts = plain.split(_LIST)
    told = [_known(part, language) or _joined(part, language) for part in parts] if len(parts) > 1 else []
    return (
        _LIST.join(one or _leaf(part) for one, part in zip(told, parts, strict=True)) if told and enough(told) else ""
    )


def _sentences(plain: str, language: str) -> str:
    ends = [match.start() for match in _SENTENCE_END.finditer(plain)]
    for end in reversed(ends):
        if first := _known(plain[:end], language):
            rest = plain[end + 1 :]
            return f"{first} {_spoken(rest, language)}"
    return ""


def _names(plain: str, language: str) -> str:
    parts = _BETWEEN.split(plain)
    if len(parts) == 1:
        return ""
    told = [_known(part, language) for part in parts[::2]]
    strangers = [part for part, one in zip(parts[::2], told, strict=True) if not one]
    if 2 * len(strangers) > len(told) or any(part.count(" ") > _LONGEST_NAME for part in strangers):
        return ""
    told = [one or part for part, one in zip(parts[::2], told, strict=True)]
    between = [f" {_messages(language).get(_AND[one], 'and')} " if one in _AND else one for one in parts[1::2]]
    return "".join(one + gap for one, gap in zip(told, [*between, ""], strict=True))


def _leaf(plain: str) -> str:
    """Return text with its dates and numbers as the page's language writes them."""
    return _NUMBER.sub(_number, _DATE.sub(_date, plain))


def _date(match: re.Match[str]) -> str:
    named = not match[0][0].isdigit()
    month = _MONTHS.index(match[2][:3].lower()) + 1
    try:
        when = date(int(match[3] or 2000), month, int(match[1]))
    except ValueError:
        return match[0]
    if match[3] is None:
        return str(date_format(when, "MONTH_DAY_FORMAT"))
    return str(date_format(when, "WEEKDAY_FORMAT" if named else "DATE_FORMAT"))


def _number(match: re.Match[str]) -> str:
    marks = {".": get_format("DECIMAL_SEPARATOR"), ",": get_format("THOUSAND_SEPARATOR")}
    return "".join(marks.get(letter, letter) for letter in match[0])


@cache
def _messages(language: str) -> Mapping[str, str]:
    catalog = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
    found: dict[str, str] = {}
    for held in reversed(catalog._catalogs):
        found |= {key: value for key, value in held.items() if isinstance(key, str) and key and value}
    return found


@cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    """Return the sentences with gaps, those with the most letters first: they say most."""
    with_gaps = [(key, told) for key, told in _messages(language).items() if _GAP.search(key)]
    return tuple(
        _Pattern(_expression(key), told, len(_LETTER.findall(key)) < _SHORT)
        for key, told in sorted(with_gaps, key=lambda one: -len(one[0]))
    )


def _expression(said: str) -> re.Pattern[str]:
    return re.compile("".join(_pieces(said)), re.DOTALL)


def _pieces(said: str) -> Iterator[str]:
    ends = [0, *(end for match in _GAP.finditer(said) for end in match.span()), len(said)]
    seen: set[str] = set()
    for number, (start, end) in enumerate(pairwise(ends)):
        part = said[start:end]
        if number % 2 == 0:
            yield re.escape(part)
        elif part in seen:
            yield f"(?P=_{part[1:-1]})"
        else:
            seen.add(part)
            yield f"(?P<_{part[1:-1]}>.*?)"
