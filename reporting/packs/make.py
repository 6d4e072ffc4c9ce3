"""Which document a pack tells, and its files."""

import datetime as dt

from django.utils import timezone

from iap.schools.models import School
from reporting.actions.packs import freeze
from reporting.facts import Facts
from reporting.models import Pack, PackKind
from reporting.periods import Period
from reporting.reintegration.report import period_of

from . import case_file, files, governors, lines, paper, provision, sheet, way_back
from .document import Document, document_of


def make_files(pack: Pack) -> None:
    """Make the files of a pack. Of a period that is over, always those of its first report."""
    keep_files(pack, document_for(pack))


def keep_files(pack: Pack, document: Document) -> None:
    files.keep(pack, "xlsx", sheet.xlsx(document))
    files.keep(pack, "csv", lines.text(document).encode())
    files.keep(pack, "pdf", paper.pdf(document))


def document_for(pack: Pack) -> Document:
    if pack.snapshot is not None:
        return document_of(pack.snapshot.document)
    today = timezone.localdate()
    if pack.kind == PackKind.CASE:
        return case_file.document(pack, today)
    facts = Facts(pack.school, today)
    if pack.kind == PackKind.PROVISION:
        return provision.document(facts, made_on=today)
    is_way_back = pack.kind == PackKind.WAY_BACK
    period = period_of(facts, pack.period) if is_way_back else facts.periods.find(pack.period)
    if period is None:
        raise LookupError("The school has no such period.")
    if is_way_back:
        return way_back.document(facts, period, made_on=today)
    document = governors.document(facts, period, made_on=today)
    return document if period.runs else freeze(pack, document, period)


def as_of_today(school: School, period: Period, today: dt.date) -> Document:
    """The governors' pack as it would be told today, to hold a frozen one against."""
    return governors.document(Facts(school, today), period, made_on=today)
