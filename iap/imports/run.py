"""One run of an import: everything a school sends at one time, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction

from iap.schools.actions.settings import provision_of
from iap.schools.codes import seed
from iap.schools.models import School
from iap.tenancy import context

from . import after, mapping
from .corrections import Corrections
from .dates import ASSUMED, DAY, ORDERS, UNDECIDED
from .founding import school_of
from .intake import MANY, Choices, Intake, Part, TurnedAway
from .kinds import kind_named, registered
from .ledger import Ledger
from .looking import look
from .mapping import Understood
from .models import ImportRun, KeptAnswer, SavedMapping
from .reading import File, Unreadable, in_folder, sending_of
from .remembering import as_settled
from .report import Listing, Report
from .tables import Problem, Sending, Table

LOCK = 7300  # the first half of the advisory lock's key
Progress = Callable[[str, int], None]  # a kind, and how many more of its rows are done


class _TakeBack(Exception):
    """Everything that was written is taken back."""


@dataclass(frozen=True)
class Options:
    """How a run is to be made.

    `dry_run` writes nothing, and neither does a run of which it is in doubt whether it is of this school and of now;
    `strict` writes nothing when a row is refused. `dates` is the order of day and month where a column fits both,
    which is then told of; without it such a column is not guessed at, and its table is refused. `understood` are
    mappings that somebody has settled. `listing` is told of each row.
    """

    by: Any = None
    source: str = ""
    dry_run: bool = False
    strict: bool = False
    dates: str = DAY
    understood: Sequence[Understood] | None = None
    choices: Choices = field(default_factory=Choices)
    listing: Listing | None = None
    progress: Progress = lambda kind, done: None


def import_folder(folder: Path, urn: str, **options: Any) -> Report:
    """Bring a folder's files into the school with this URN, which is made if it does not exist."""
    return import_files(in_folder(folder), urn, **options)


def import_files(files: Sequence[File], urn: str, **options: Any) -> Report:
    """The same for files in hand. Raises Unreadable where there are only zips, and none can be unpacked."""
    with TemporaryDirectory() as workspace:
        sending = sending_of(files, Path(workspace))
        if (
            files
            and not sending.tables
            and len(sending.problems) == len(files)
            and all(file.name.lower().endswith(".zip") for file in files)
        ):
            raise Unreadable(" ".join(problem.sentence for problem in sending.problems))
        return import_tables(sending, urn, **options)


def import_tables(sending: Sending, urn: str, **options: Any) -> Report:
    """Recognise the tables, apply all their good rows in one transaction, and report the others.

    The options are those of `Options`. Two runs for one school wait for each other. Raises Refused where the
    school cannot be made or found.
    """
    how = Options(**options)
    report = Report(listing=how.listing)
    understood = how.understood or _as_settled(sending, urn, how.dates)
    parts = _parts(sending, understood, report)
    try:
        with transaction.atomic():
            school = school_of(urn, parts, sending.school_name)
            with context.within(school.pk):
                one_at_a_time(school)
                provision_of(school)
                seed(school)
                ledger = Ledger(school)
                _bring_all(school, parts, sending, ledger, report, how)
                if how.dry_run or report.doubts or (how.strict and report.left_out):
                    raise _TakeBack
                report.applied = True
                report.run = ImportRun.kept(
                    school, by=how.by, files=sending.files, report=report, ledger=ledger, source=how.source
                )
                # The import stands, whatever becomes of what follows it.
                transaction.on_commit(partial(after.run, school.pk, frozenset(parts)), robust=True)
    except _TakeBack:
        pass
    except TurnedAway as turned:
        report.turn_away(turned)
    return report


def understand(
    sending: Sending, *, usual: str = "", kept: Mapping[str, Any] | None = None, school: Any = None
) -> list[Understood]:
    """What each table of a sending holds. One that cannot be read to its end becomes a problem of the sending.

    `kept` are mappings by fingerprint, `usual` the order of dates where a column does not decide.
    """
    pairs: list[tuple[Table, Understood]] = []
    for table in list(sending.tables):
        try:
            settled, remembered = as_settled(table, kept or {})
            understood = mapping.understand(settled, kept=remembered)
            orders = {n: order for n, order in (remembered or {}).get("dates", {}).items() if order in ORDERS}
            look(understood, table, school, usual=orders)
        except Unreadable as problem:
            sending.problems.append(Problem(table.name, str(problem)))
            sending.tables.remove(table)
            continue
        if usual:
            understood.assume(usual)
        pairs.append((table, understood))
    mapping.leave_repeated(pairs)
    return [understood for _, understood in pairs]


def _as_settled(sending: Sending, urn: str, usual: str) -> list[Understood]:
    """What the tables hold, where nobody is there to be asked: as the school has settled it, or as it is usual."""
    school = School.objects.filter(urn=urn).first()
    if school is None:
        return understand(sending, usual=usual)
    with context.within(school.pk):
        return understand(sending, usual=usual, kept=SavedMapping.by_fingerprint(school))


def one_at_a_time(school: School) -> None:
    """Wait until no other run for the school is under way, and hold others off until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, school.pk])


def _parts(sending: Sending, understood: Sequence[Understood], report: Report) -> dict[str, list[Part]]:
    """The tables that can be brought in, by kind; the others are reported with what to do."""
    tables = {table.name: table for table in sending.tables}
    parts: dict[str, list[Part]] = {}
    for problem in sending.problems:
        report.of(_kind_named(problem.file)).refuse(problem.file, 0, "", problem.sentence)
    for each in understood:
        if not each.kind:
            continue  # some other file of the folder
        counts = report.of(each.kind)
        if not each.take:
            if each.because:
                counts.warn(each.table, 0, "", each.because)
        elif each.missing:
            said = ", ".join(each.missing)
            reason = f"There is no column for {said}. Add it to the export, or rename its heading."
            counts.refuse(each.table, 0, said, reason)
        elif each.undecided:
            title = each.heading[each.columns[each.undecided[0]].place]
            said = UNDECIDED[each.dates[each.undecided[0]]]
            reason = f"Day first or month first? {said} Say which on the page of the import."
            counts.refuse(each.table, 0, title, reason)
        elif each.of and each.rows > each.of.most:
            reason = f"This holds {each.rows:,} rows, and {each.of.most:,} can be read at one time. Send it in parts."
            counts.refuse(each.table, 0, "", reason)
        else:
            for name in each.assumed:
                title = each.heading[each.columns[name].place]
                counts.warn(each.table, 0, title, ASSUMED[each.dates[name]])
            parts.setdefault(each.kind, []).append(each.part(tables[each.table]))
    return parts


def _kind_named(file: str) -> str:
    stem = Path(file).stem.lower()
    return stem if stem in {kind.name for kind in registered()} else "files"


def _bring_all(
    school: School,
    parts: Mapping[str, list[Part]],
    sending: Sending,
    ledger: Ledger,
    report: Report,
    how: Options,
) -> None:
    corrections = Corrections.kept_at(school)
    choices = replace(how.choices, answers={**KeptAnswer.of(school), **how.choices.answers})
    for kind in registered():
        if kind.name not in parts:
            continue
        how.progress(kind.name, 0)
        counts = report.of(kind.name)
        intake = Intake(
            kind=kind,
            school=school,
            parts=parts[kind.name],
            counts=counts,
            ledger=ledger,
            by=how.by,
            choices=choices,
            tell=partial(how.progress, kind.name),
            year=sending.year,
            proposals=report.proposals,
            corrections=corrections,
        )
        counts.changes_alone = intake.changes_alone
        kind.bring(intake)
    _settle_doubts(school, report)


def _settle_doubts(school: School, report: Report) -> None:
    """Many known pupils vouch for what came with them; and what comes for the first time agrees with nothing yet."""
    vouched = any(c.changed + c.unchanged >= MANY for name, c in report if _vouches(name))
    for name, counts in report:
        if counts.doubt and (vouched or not ImportRun.objects.at([school]).standing_with(name).exists()):
            counts.doubt = ""


def _vouches(name: str) -> bool:
    kind = kind_named(name)
    return kind is not None and kind.vouches
