"""What a client withdraws at home is told to the clinic at once."""

from datetime import datetime

from corneum.clinic.accounts.models import User
from corneum.clinic.intake.inbox import tell
from corneum.clinic.intake.models import ItemKind
from corneum.clinic.people.models import Client

_LEVEL = 2
"""The clinic looks at it within a day."""


def withdrawn_at_home(client: Client, ended: frozenset[str], by: User | None, now: datetime) -> None:
    """Put a withdrawal into the inbox, in its own transaction; what the staff wrote down themselves they know."""
    if by is None:
        tell(client=client, kind=ItemKind.WITHDRAWN, level=_LEVEL, signs=sorted(ended), now=now)
