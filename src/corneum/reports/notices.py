"""Notes of a result, each told once, with the zones that it belongs to."""

from dataclasses import dataclass

from corneum.treatment import Result


@dataclass(frozen=True)
class Told:
    """One note.

    Parameters
    ----------
    text
        What it says.
    zones
        Titles of the zones that it belongs to; empty if it belongs to all or to the protocol as a whole.
    """

    text: str
    zones: tuple[str, ...]


def warnings_of(result: Result) -> tuple[Told, ...]:
    """Return what must be read before the numbers, each note once."""
    titles = _titles(result)
    heard: dict[str, list[str]] = {}
    for note in result.notes:
        site, colon, rest = note.partition(": ")
        if colon and site in titles:
            heard.setdefault(rest, []).append(titles[site])
        else:
            heard.setdefault(note, [])
    for zone in result.zones:
        for note in zone.notes:
            if note not in zone.curves.notes:
                heard.setdefault(note, []).append(titles[zone.site])
    return _told(heard, len(titles))


def limits_of(result: Result) -> tuple[Told, ...]:
    """Return what the curves are not, and what is not simulated, each note once."""
    titles = _titles(result)
    heard: dict[str, list[str]] = {}
    for zone in result.zones:
        for note in zone.curves.notes:
            heard.setdefault(note, []).append(titles[zone.site])
    return _told(heard, len(titles))


def _titles(result: Result) -> dict[str, str]:
    return {step.site.name: step.site.title for step in result.protocol.steps}


def _told(heard: dict[str, list[str]], zones: int) -> tuple[Told, ...]:
    told = []
    for text, where in heard.items():
        each = tuple(dict.fromkeys(where))
        told.append(Told(text[:1].upper() + text[1:], () if len(each) == zones else each))
    return tuple(told)
