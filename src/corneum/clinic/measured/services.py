"""Ask for a measurement, and make it. Each a transaction and an event; no transaction is open while it computes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from corneum import __version__
from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.jobs.queries import job_with
from corneum.clinic.jobs.work import Clock
from corneum.clinic.jobs.work import ask as ask_for
from corneum.clinic.measured import files, queries
from corneum.clinic.measured.models import Measurement, State
from corneum.clinic.measured.told import sessions
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.translate import photo_of
from corneum.evidence import load_evidence
from corneum.imaging.card import Scale
from corneum.imaging.pairs import Outcome, Pair, measure_pair, prepare_both
from corneum.imaging.photo import Photo as CorePhoto
from corneum.imaging.photo import PhotoRefused
from corneum.imaging.repeatability import Study, StudyFileError, read_study
from corneum.reports.photographs.writing import pair_table

JOB, DRAW_JOB = "measured.pair", "measured.draw"
Tell = Callable[[str, float], None]
Way = Literal["baseline", "follow-up"]
_STEPS = 7
"""Reading and preparing, the core's four, and writing the pictures."""
_GIVEN_ERROR_SHARE = 0.0
"""Nobody said how well a given scale is known."""


class NotAPair(ValueError):
    """Two photographs that cannot be measured against each other; the message says why."""


@transaction.atomic
def ask(
    *, by: User, baseline: Photo, followup: Photo, now: datetime, scale_px_per_mm: float | None = None
) -> Measurement:
    """Ask for what changed between two photographs; a worker measures it.

    Parameters
    ----------
    by
        Who wants to know.
    baseline, followup
        Kept photographs of one client and view, the earlier one first.
    now
        When.
    scale_px_per_mm
        Pixels per millimeter of skin, for a body site without anything of known size in the frame.

    Returns
    -------
    Measurement
        One pair is measured once: what is measured or under way is returned as it is; a refused or unfinished one is
        tried again.

    Raises
    ------
    NotAPair
        If they are not two such photographs, or consent does not let them be used.
    """
    _require_pair(baseline, followup)
    found, is_new = Measurement.objects.select_for_update().get_or_create(
        baseline=baseline,
        followup=followup,
        defaults={"client_id": baseline.client_id, "asked_at": now, "asked_by": by},
    )
    if not is_new and (found.state == State.DONE or queries.is_under_way(found, job_with(found.job_id))):
        _draw_later(found, now)
        return found
    job = ask_for(JOB, {"measurement_id": str(found.pk)}, now=now, client_id=baseline.client_id)
    Measurement.objects.filter(pk=found.pk).update(
        state=State.ASKED,
        refusal="",
        scale_px_per_mm=scale_px_per_mm,
        asked_at=now,
        asked_by=by,
        ended_at=None,
        job_id=job.pk,
    )
    record("measurement.asked", by=by, subject=found, now=now)
    found.refresh_from_db()
    return found


@transaction.atomic
def draw_later(client_id: UUID, *, now: datetime) -> None:
    """Have those pictures of a client's pairs drawn again that went when consent was withdrawn."""
    some = Measurement.objects.filter(client_id=client_id, state=State.DONE).select_related("baseline", "followup")
    granted = photo_purposes(client_id)
    for one in some:
        if queries.may_show(one, granted):
            _draw_later(one, now)


def draw(measurement_id: UUID, *, tell: Tell | None = None) -> None:
    """Draw the pictures of a pair that is measured, where they are gone; its numbers stay as they are."""
    some = Measurement.objects.filter(state=State.DONE).select_related("baseline", "followup")
    found = some.filter(pk=measurement_id).first()
    if found is None or files.are_there(found.pk) or not queries.may_show(found):
        return
    try:
        pictures = files.keep_pictures(found.pk, _measured(found, tell or (lambda step, share: None)))
    except (PhotoRefused, StudyFileError):
        # Another version of the program refuses what an earlier one measured: the photographs are shown as taken.
        return
    Measurement.objects.filter(pk=found.pk).update(pictures=pictures)


def _draw_later(found: Measurement, now: datetime) -> None:
    if found.state == State.DONE and not files.are_there(found.pk):
        ask_for(DRAW_JOB, {"measurement_id": str(found.pk)}, now=now, client_id=found.client_id)


def measure(measurement_id: UUID, *, now: Clock, tell: Tell | None = None) -> Measurement:
    """Measure a pair and keep what came of it; one that is done stays as it is.

    A refusal is kept in its own words: they tell of light, pose and scale, never of a person.
    """
    some = Measurement.objects.select_related("client", "baseline", "followup", "asked_by")
    found = some.get(pk=measurement_id)
    if found.state not in (State.ASKED, State.FAILED):
        return found
    try:
        if not queries.may_show(found):
            raise PhotoRefused(_("consent does not let both photographs be compared"))
        pair = _measured(found, tell or (lambda step, share: None))
        pictures = files.keep_pictures(found.pk, pair)
    except (PhotoRefused, StudyFileError) as refused:
        _keep_refusal(found, str(refused), now())
    except Exception:
        Measurement.objects.filter(pk=found.pk, state=State.ASKED).update(state=State.FAILED, ended_at=now())
        raise
    else:
        _keep(found, pair, pictures, now())
    found.refresh_from_db()
    return found


def forget(photo_id: UUID) -> None:
    """Remove the pictures of what was measured of a photograph whose own files were erased; numbers stay."""
    some = Measurement.objects.filter(Q(baseline_id=photo_id) | Q(followup_id=photo_id))
    for measurement_id in some.values_list("pk", flat=True):
        files.remove_pictures(measurement_id)


def outcome_at(baseline: Photo, followup: Photo, plain: Outcome) -> Outcome:
    """Return whether a follow-up shows an immediate or a durable result, by the sessions that any app tells.

    Parameters
    ----------
    baseline, followup
        The photographs.
    plain
        What their days alone say.

    References
    ----------
    ``imaging.durable_after_d``.
    """
    before = [moment for moment in sessions(baseline.client_id) if moment <= followup.taken_at]
    if not before or plain not in ("durable", "between"):
        return plain
    day = timezone.localdate(followup.taken_at)
    apart = day - timezone.localdate(before[-1])
    if not apart:
        return "immediate"
    least = timedelta(days=load_evidence().number("imaging.durable_after_d").value)
    return "between" if apart < least else plain


def _require_pair(baseline: Photo, followup: Photo) -> None:
    if baseline.client_id != followup.client_id or baseline.pk == followup.pk:
        raise NotAPair(_("Choose two photographs of this client."))
    if (baseline.view, baseline.site) != (followup.view, followup.site):
        raise NotAPair(_("The photographs show different views: choose two of the same view."))
    if baseline.taken_at > followup.taken_at:
        raise NotAPair(_("The baseline is the earlier photograph: choose them the other way round."))
    if not queries.may_show_both(baseline, followup):
        raise NotAPair(_("Consent does not let both photographs be compared, or one is not in the record."))


def _measured(found: Measurement, tell: Tell) -> Pair:
    tell("reading", 0.0)
    study = _study()
    both = _read(found.baseline, "baseline"), _read(found.followup, "follow-up")
    tell("finding face, card, scale and light", 1 / _STEPS)
    scale = found.scale_px_per_mm
    known = None if scale is None else Scale(scale, _GIVEN_ERROR_SHARE, "given")
    before, after = prepare_both(*both, site=found.baseline.site, view=found.baseline.view, scale=known)
    pair = measure_pair(before, after, study=study, progress=lambda what, done, total: tell(what, (2 + done) / _STEPS))
    tell("drawing pictures", (_STEPS - 1) / _STEPS)
    return replace(pair, outcome=outcome_at(found.baseline, found.followup, pair.outcome))


def _read(photo: Photo, way: Way) -> CorePhoto:
    """Return a stored photograph under a name that tells nothing: it stands in notes and refusals."""
    return replace(photo_of(photo), name=f"the {way}", taken=timezone.make_naive(photo.taken_at))


def _study() -> Study | None:
    path = files.study_path()
    return read_study(path) if path.is_file() else None


@transaction.atomic
def _keep(found: Measurement, pair: Pair, pictures: dict[str, object], now: datetime) -> None:
    taken = Measurement.objects.filter(pk=found.pk, state__in=(State.ASKED, State.FAILED)).update(
        state=State.DONE,
        outcome=pair.outcome,
        table=pair_table(pair),
        pictures=pictures,
        refusal="",
        program_version=__version__,
        ended_at=now,
    )
    if taken:
        beyond = sum(change.verdict in ("higher", "lower") for change in pair.changes)
        data = {"outcome": pair.outcome, "beyond_noise": beyond, "program": __version__}
        record("measurement.done", by=found.asked_by, subject=found, now=now, data=data)


@transaction.atomic
def _keep_refusal(found: Measurement, why: str, now: datetime) -> None:
    taken = Measurement.objects.filter(pk=found.pk, state__in=(State.ASKED, State.FAILED)).update(
        state=State.REFUSED, refusal=why, ended_at=now
    )
    if taken:
        record("measurement.refused", by=found.asked_by, subject=found, now=now)
