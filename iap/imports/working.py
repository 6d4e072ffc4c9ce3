"""What a worker does with a job. All of it is one transaction, in which the job's state changes too."""

import logging
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from iap.errors import Refused
from iap.ui.words import plural

from . import mapping, progress, uploads
from .headings import plain
from .intake import Choices
from .listing import Writer
from .looking import look
from .mapping import Understood
from .mending import mended
from .models import ImportJob, ImportRun, RunUndone, SavedMapping, State
from .reading import sending_of
from .remembering import outgrown
from .report import Report
from .run import import_tables, one_at_a_time, understand
from .tables import Sending, Table

LOCK = 7301  # the first half of the advisory lock's key: one worker works on a job
OURS = "Something went wrong on our side, and nothing was brought in. Try again."
LOST = (
    "The work on these files was interrupted several times, and nothing was brought in. Try again; if it "
    "happens again, tell whoever runs this service."
)
OUTDATED = (
    "Another import was brought in or undone since these files were checked, so they were checked again. "
    "Nothing of them was brought in yet."
)
log = logging.getLogger(__name__)


def work(job: ImportJob) -> None:
    """Take a job as far as it goes without a person. Another worker who is at it is left to it."""
    if not _mine(job):
        return
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("school", "by").get(pk=job.pk)
    if not job.is_at_work:
        return
    progress.take(job)
    try:
        with transaction.atomic():
            _STEPS[State(job.state)](job)
    except Refused as refusal:
        stop(job, str(refusal))
    except Exception:
        log.exception("The import %s stopped.", job.uuid)
        stop(job, OURS)
    progress.forget(job)


def stop(job: ImportJob, problem: str) -> None:
    job.refresh_from_db(fields=["outcome", "understood", "proposals", "run"])
    _keep(job, State.STOPPED, problem=problem)


def was_our_trouble(job: ImportJob) -> bool:
    """Whether the same files may do another time: nothing is known to be wrong with them."""
    return job.problem in {OURS, LOST}


def _read(job: ImportJob) -> None:
    """Understand the files; go on where nobody has to be asked."""
    sending = _sending(job)
    kept = SavedMapping.by_fingerprint(job.school)
    understood = understand(sending, kept=kept, school=job.school)
    job.understood = [each.as_json() for each in understood]
    if not understood and sending.problems:
        raise Refused(" ".join(problem.sentence for problem in sending.problems))
    unattended = job.choices.get("unattended") and any(outgrown(each, kept) for each in understood)
    if (
        unattended
        or any(each.worth_a_look for each in understood)
        or not any(each.take and each.kind for each in understood)
    ):
        _keep(job, State.ASKING)
    else:
        _try(job, sending, understood)


def _check(job: ImportJob) -> None:
    """Try the files as they were settled."""
    sending = _sending(job)
    understood = job.tables
    _look_again(sending, understood, job)
    job.understood = [each.as_json() for each in understood]
    if any(each.must_be_asked or (each.has_new_words and not each.remembered) for each in understood):
        _keep(job, State.ASKING)
    else:
        _try(job, sending, understood)


def _look_again(sending: Sending, understood: list[Understood], job: ImportJob) -> None:
    """The files as they are now, by the mappings that were settled."""
    tables = {table.name: table for table in sending.tables}
    for each in understood:
        if each.table in tables:
            look(each, tables[each.table], job.school, usual=dict(each.dates))


def _try(job: ImportJob, sending: Sending, understood: list[Understood], problem: str = "") -> None:
    """Find out what would change, and write nothing of it."""
    one_at_a_time(job.school)
    listing = Writer(uploads.listing(job))
    try:
        report = _import(job, sending, understood, dry_run=True, listing=listing)
    finally:
        listing.close()
    job.outcome, job.proposals = report.as_json(), report.proposals
    job.checked_after = _mark(job)
    _keep(job, State.CHECKED, problem=problem)
    if job.choices.get("unattended") and not (report.left_out or report.doubts or _unanswered(report)):
        _become_applied(job, sending, understood)


def _apply(job: ImportJob) -> None:
    """Bring the good rows in, if what was checked still stands."""
    sending, understood = _sending(job), job.tables
    one_at_a_time(job.school)
    if _mark(job) != job.checked_after:
        _try(job, sending, understood, OUTDATED)
        return
    _become_applied(job, sending, understood)


def _become_applied(job: ImportJob, sending: Sending, understood: list[Understood]) -> None:
    report = _import(job, sending, understood, strict=bool(job.choices.get("strict")))
    if not report.applied:
        _keep(job, State.CHECKED, problem=_why_not(report))
        return
    if report.left_out:
        uploads.keep_to_mend(job, *mended(job))
    job.outcome, job.run = report.as_json(), report.run
    _keep(job, State.APPLIED)
    transaction.on_commit(lambda: uploads.forget(job))


def _why_not(report: Report) -> str:
    """Why nothing of it was brought in."""
    if report.turned_away:
        return report.refused[0].reason
    if report.doubts:
        return "Nothing was brought in: say below that these are the right files."
    rows = plural(report.left_out, "row")
    return f"Nothing was brought in: {rows} would be left out, and you asked for all or none."


def _import(job: ImportJob, sending: Sending, understood: list[Understood], **options: Any) -> Report:
    rows = sum(each.rows for each in understood if each.take)
    said = job.choices
    # What would change is looked at afresh, whatever was said of it before.
    sure = () if options.get("dry_run") else said.get("sure", ())
    choices = Choices(gone=said.get("gone", {}), picked=said.get("picked", {}), sure=sure)
    return import_tables(
        sending,
        job.school.urn,
        by=job.by,
        source=job.source,
        understood=understood,
        choices=choices,
        progress=progress.Teller(job, rows),
        **options,
    )


def _sending(job: ImportJob) -> Sending:
    files = uploads.stored(job)
    if not files:
        raise Refused("These files are no longer kept. Send them again.")
    progress.tell(progress.key(job), {"kind": "", "done": 0, "of": 0})
    return sending_of(files, uploads.workspace(job))


def _unanswered(report: Report) -> bool:
    return any(not proposal["answer"] for proposal in report.proposals.values())


def _mark(job: ImportJob) -> str:
    """What has been brought in and undone so far: while it is the same, what was checked holds."""
    run = ImportRun.objects.filter(school=job.school).order_by("-pk").values_list("pk", flat=True).first()
    undone = RunUndone.objects.filter(school=job.school).order_by("-pk").values_list("pk", flat=True).first()
    return f"{run}/{undone}"


def _keep(job: ImportJob, state: State, *, problem: str = "") -> None:
    job.state, job.state_at, job.problem = state, timezone.now(), problem
    job.save()


def _mine(job: ImportJob) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, job.pk])
        return cursor.fetchone()[0]


_STEPS = {State.READING: _read, State.CHECKING: _check, State.APPLYING: _apply}


def tables_of(job: ImportJob) -> dict[str, Table]:
    """The tables of a job's files by name."""
    sending = sending_of(uploads.stored(job), uploads.workspace(job))
    return {table.name: table for table in sending.tables}


def look_anew(table: Table, settled: Understood, school: Any, **said: Any) -> Understood:
    """A table as it is understood once somebody has said its kind, how it is written, or where its headings stand.

    Where only its letters were others, what was chosen for its columns stays. Raises Unreadable or LookupError
    where it cannot be read in that way.
    """
    again = table.written(said["delimiter"], said["encoding"])
    stays = (again.delimiter, again.encoding) == (settled.delimiter, settled.encoding)
    if stays or said["heading_row"] != settled.heading_row:
        again = again.headed(said["heading_row"])
    if list(map(plain, again.heading)) == list(map(plain, settled.heading)):
        understood = replace(settled, heading=list(again.heading), encoding=again.encoding)
    else:
        understood = mapping.understand(replace(again, kind=settled.kind))
    understood.letters_said = settled.letters_said or again.encoding != settled.encoding
    look(understood, table, school, usual=dict(understood.dates))
    return understood
