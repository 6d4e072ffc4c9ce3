"""What people do with a sending of files: send it, settle what was understood, answer, bring it in, put it away."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.codes import seed
from iap.schools.models import School

from . import uploads
from .mapping import Understood
from .models import FieldRule, ImportJob, KeptAnswer, SavedMapping, State
from .models.jobs import NEXT
from .remembering import keys_to_keep, to_keep


@transaction.atomic
def begin(
    school: School, files: Iterable[Any], *, by: Any = None, source: str = "", unattended: bool = False
) -> ImportJob:
    """Keep these files and have them read. An unattended job brings them in by itself where nothing is asked."""
    seed(school)  # its codes are the words by which cells are understood
    choices = {"unattended": True} if unattended else {}
    job = ImportJob(school=school, by=by, source=source, state_at=timezone.now(), choices=choices)
    job.files = uploads.store(job, files)
    job.save()
    send(job)
    return job


@transaction.atomic
def settle(job: ImportJob, understood: Sequence[Understood], *, by: Any) -> ImportJob:
    """Read the tables in this way, now and whenever such headings come again."""
    job = _locked(job)
    _become(job, State.CHECKING)
    job.understood = [each.as_json() for each in understood]
    job.by = job.by or by
    job.save(update_fields=["state", "state_at", "attempts", "problem", "understood", "by"])
    keys, taken = keys_to_keep(understood), [each.kind for each in understood if each.take]
    for each, key in zip(understood, keys, strict=True):
        # Left alone beside a table of the same headings, it says nothing about those headings.
        if each.kind or not each.take:
            kept = {**to_keep(each), "take": each.take or keys.count(key) > 1}
            kept["beside_others"] = taken.count(each.kind) > 1
            SavedMapping.objects.update_or_create(
                school=job.school, fingerprint=key, defaults={"mapping": kept, "by": by}
            )
    send(job)
    return job


@transaction.atomic
def answer(job: ImportJob, answers: Mapping[str, str], *, by: Any) -> ImportJob:
    """Keep whether these names are those pupils, and check again."""
    job = _locked(job)
    for key, said in answers.items():
        if key in job.proposals and said:
            KeptAnswer.objects.update_or_create(
                school=job.school, key=key, defaults={"answer": said[:40], "by": by}
            )
    _become(job, State.CHECKING)
    job.save(update_fields=["state", "state_at", "attempts", "problem"])
    send(job)
    return job


@transaction.atomic
def apply(job: ImportJob, choices: Mapping[str, Any], *, by: Any) -> ImportJob:
    """Have the good rows brought in, once. `choices` say what is gone, and whether it is all or nothing."""
    job = _locked(job)
    if job.state in {State.APPLYING, State.APPLIED}:
        return job
    _become(job, State.APPLYING)
    job.choices, job.by = dict(choices), by
    job.save(update_fields=["state", "state_at", "attempts", "problem", "choices", "by"])
    send(job)
    return job


@transaction.atomic
def put_away(job: ImportJob, *, by: Any) -> ImportJob:
    """Leave the files alone: nothing of them is brought in, and they go."""
    job = _locked(job)
    _become(job, State.STOPPED)
    job.problem = "These files were put away, and nothing was brought in."
    job.save(update_fields=["state", "state_at", "attempts", "problem"])
    transaction.on_commit(partial(uploads.forget_all, job))
    return job


@transaction.atomic
def try_again(job: ImportJob, *, by: Any) -> ImportJob:
    """Read files again that a trouble of ours has stopped."""
    job = _locked(job)
    if not uploads.stored(job):
        raise Refused("These files are no longer kept. Send them again.")
    _become(job, State.READING)
    job.save(update_fields=["state", "state_at", "attempts", "problem"])
    send(job)
    return job


@transaction.atomic
def rule(school: School, *, by: Any, model: str, field: str, file_wins: bool) -> None:
    """Say who has the last word on a field that was corrected here."""
    rules = FieldRule.objects.filter(school=school, model=model, field=field)
    if file_wins == rules.exists():
        return
    if file_wins:
        made = FieldRule.objects.create(school=school, model=model, field=field, by=by)
        record("import.file_wins", made, by=by, model=model, field=field)
    else:
        held = rules.get()
        record("import.people_win", held, by=by, model=model, field=field)
        rules.delete()


def send(job: ImportJob) -> None:
    """Hand the job to a worker once what it is to work on can be seen."""
    from . import tasks

    send = partial(tasks.work.delay, school_id=job.school_id, job=str(job.uuid))
    transaction.on_commit(send)


def _become(job: ImportJob, state: State) -> None:
    if state not in NEXT[State(job.state)]:
        raise Refused(f"These files are {job.get_state_display().lower()}. Look at the page again.")
    job.state, job.state_at, job.attempts, job.problem = state, timezone.now(), 0, ""


def _locked(job: ImportJob) -> ImportJob:
    """The job, held; a worker who holds it is not waited for."""
    jobs = ImportJob.objects.select_for_update(nowait=True, of=("self",)).select_related("school")
    try:
        with transaction.atomic():
            return jobs.get(school=job.school_id, pk=job.pk)
    except OperationalError:
        raise Refused("These files are being worked on just now. Look again in a moment.") from None
