"""What was understood of the files, on one page, to be corrected once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from iap.imports import actions, uploads, working
from iap.imports.forms.mapping import MappingForm
from iap.imports.mapping import Understood
from iap.imports.models import ImportJob, State
from iap.imports.reading import Unreadable
from iap.imports.tables import Table
from iap.schools.access import only
from iap.schools.models import Role
from iap.ui.fragments import render_page
from iap.ui.words import listed

from .sending import carried_out, job_or_404


@dataclass
class Card:
    """One table on the page: its mapping, and its form where it is open."""

    number: int
    understood: Understood
    form: MappingForm | None

    @property
    def needed(self) -> str:
        """What nobody has found in a table that is shown as it was understood; an answer has errors instead."""
        missing = self.understood.missing
        if not missing or self.form is None or self.form.is_bound:
            return ""
        return f"Still to be said: which column is {listed([f'“{label}”' for label in missing])}."


@only(Role.DATA)
def understood(request: Any, uuid: UUID) -> HttpResponse:
    """Each file, its kind and its columns; those that need a look are open."""
    job = job_or_404(request, uuid)
    if job.state not in {State.ASKING, State.CHECKED} or not uploads.stored(job):
        return redirect("imports:show", uuid)
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    cards = _cards(job, asked.getlist("open"), request.POST if posted else None)
    opened = [card for card in cards if card.form is not None]
    if posted and all(card.form.is_valid() for card in opened):  # type: ignore[union-attr]
        if request.POST.get("do") == "look" or any(card.form.is_another() for card in opened):  # type: ignore[union-attr]
            if again := _looked_again(job, cards):
                return _page(request, job, again, status=200)
        else:
            tables = [card.form.answer() if card.form else card.understood for card in cards]
            if _complete(cards, tables):
                return _keep(request, job, tables)
    return _page(request, job, cards, status=422 if posted else 200)


def _page(request: Any, job: ImportJob, cards: list[Card], *, status: int) -> HttpResponse:
    forms = [card.form for card in cards if card.form is not None]
    context = {"job": job, "cards": cards, "forms": forms, "open": bool(forms)}
    return render_page(request, "imports/understood.html", context, fragment="cards", status=status)


def _cards(job: ImportJob, opened: list[str], data: Any) -> list[Card]:
    cards = []
    for number, each in enumerate(job.tables):
        is_open = str(number) in opened or (data is None and not opened and each.worth_a_look)
        form = MappingForm(each, job.school, data, prefix=f"t{number}") if is_open else None
        cards.append(Card(number, each, form))
    return cards


def _looked_again(job: ImportJob, cards: list[Card]) -> list[Card] | None:
    """The cards with their columns found anew, where something was changed that they depend on.

    Nothing where a file cannot be read in the way that was said: then its form says so.
    """
    read = working.tables_of(job)
    tables = [_anew(card, read[card.understood.table], job.school) for card in cards]
    if any(card.form and card.form.errors for card in cards):
        return None
    with transaction.atomic():
        job.understood = [each.as_json() for each in tables]
        job.save(update_fields=["understood"])
    return _cards(job, [str(card.number) for card in cards if card.form], None)


def _anew(card: Card, table: Table, school: Any) -> Understood:
    form = card.form
    if form is None:
        return card.understood
    if not form.is_another():
        return form.answer()
    try:
        return working.look_anew(table, form.answer(), school, **form.reading)
    except LookupError:
        form.add_error("heading_row", f"{table.name} has no row {form.reading['heading_row']}. Say another.")
    except Unreadable:
        for name in form.said_otherwise:
            form.add_error(name, f"{table.name} cannot be read in that way. Choose another.")
    return card.understood


def _complete(cards: list[Card], tables: list[Understood]) -> bool:
    """Whether nothing is left to say; what is left becomes an error of its form."""
    for card, table in zip(cards, tables, strict=True):
        if card.form is None or not table.take:
            continue
        if not table.kind:
            card.form.add_error("kind", "Say what this file holds, or leave it alone.")
        for label in table.missing:
            card.form.add_error(None, f"Say which column is “{label}”. {table.of} cannot be read without it.")
        for name in table.undecided:
            if f"d-{name}" in card.form.fields:
                card.form.add_error(f"d-{name}", "Say whether the day or the month comes first.")
    return not any(card.form and card.form.errors for card in cards)


def _keep(request: Any, job: ImportJob, tables: list[Understood]) -> HttpResponse:
    carried_out(request, actions.settle, job, tables, by=request.user)
    return redirect("imports:show", job.uuid)
