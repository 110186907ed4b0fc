"""Reading jobs."""

from uuid import UUID

from corneum.clinic.jobs.models import Job, State


def job_with(job_id: UUID | None) -> Job | None:
    """Return a job by its id, or None where nothing was asked for, or the row is gone."""
    return None if job_id is None else Job.objects.filter(pk=job_id).first()


def has_failed(job: Job | None) -> bool:
    """Return whether nobody is going to finish what a job was asked for."""
    return job is None or job.state == State.FAILED
