"""Finding clients by the beginnings of words: quick among hundreds of thousands, on any database."""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from corneum.clinic.people.models import Client, SearchWord

_MOST_WORDS = 6
_LAST = "\U0010ffff"


def folded(text: str) -> str:
    """Return a text without case and accents, and without the NUL that no database takes in a text.

    Examples
    --------
    >>> folded("Zoë Größe")
    'zoe grosse'
    """
    plain = unicodedata.normalize("NFKD", text.replace("\0", "").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(client: Client) -> set[str]:
    """Return the words by which a client is found."""
    digits = re.sub(r"\D", "", client.phone)
    said = [*_parts(client.name), *_parts(client.called), folded(client.email), digits, client.born.isoformat()]
    return {word[:60] for word in said if word}


def index(client: Client) -> None:
    """Write the words of a client anew."""
    wanted = words_of(client)
    SearchWord.objects.filter(client=client).exclude(word__in=wanted).delete()
    SearchWord.objects.bulk_create((SearchWord(word=word, client=client) for word in wanted), ignore_conflicts=True)


def found(text: str) -> QuerySet[Client]:
    """Return the clients of whom every word of a text begins one of theirs; all of them for an empty text."""
    words = _asked(text)
    clients = Client.objects.all() if words or not text.strip() else Client.objects.none()
    for word in words:
        # A range uses the index on every database; LIKE does not, under most collations.
        near = SearchWord.objects.filter(word__gte=word, word__lt=word + _LAST)
        clients = clients.filter(pk__in=near.values("client_id"))
    return clients


def following(clients: QuerySet[Client], after: UUID | None) -> QuerySet[Client]:
    """Return clients in the order of the list, after a given one; from the first on where there is none.

    A page is named by the id of the last client on the page before: an address holds no name.
    """
    ordered = clients.order_by("name", "born", "pk")
    last = Client.objects.filter(pk=after).first() if after is not None else None
    if last is None:
        return ordered
    same = Q(name=last.name) & (Q(born__gt=last.born) | Q(born=last.born, pk__gt=last.pk))
    # The first condition alone is what the index of names is asked for.
    return ordered.filter(name__gte=last.name).filter(Q(name__gt=last.name) | same)


def _asked(text: str) -> list[str]:
    text = text.strip()
    if re.fullmatch(r"[\d\s()+/-]{3,}", text) and not re.fullmatch(r"\d{4}(-\d\d?){0,2}", text):
        return [re.sub(r"\D", "", text)]
    return list(dict.fromkeys(_split(text)))[:_MOST_WORDS]


def _split(text: str) -> Iterable[str]:
    for word in folded(text).split():
        yield from [word] if "@" in word or re.match(r"\d{4}", word) else re.findall(r"[^\W_][\w']*", word)


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_][\w']*", folded(name))
