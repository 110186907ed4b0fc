"""The choice of a view and of two dates."""

from collections.abc import Sequence
from typing import Any

from corneum.clinic.measured.present.words import moments_of, sight_title
from corneum.clinic.measured.queries import Chosen, Sight


def choices(sights: Sequence[Sight], chosen: Chosen) -> dict[str, Any]:
    """Return what can be chosen, and what is."""
    sight = chosen.sight
    moments = {} if sight is None else moments_of(sight.photos)
    return {
        "sight": sight,
        "sight_title": "" if sight is None else sight_title(sight),
        "sights": [(one.key, sight_title(one), len(one.photos), one == sight) for one in sights],
        "baselines": [(photo.pk, said, photo == chosen.baseline) for photo, said in list(moments.items())[:-1]],
        "followups": [(photo.pk, said, photo == chosen.followup) for photo, said in list(moments.items())[1:]],
    }
