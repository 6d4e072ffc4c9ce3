"""A pupil's needs, barriers and strengths; and the words the school has for them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions.needs import add_word, end_need, end_word, note_need, sort_need
from pupils.forms.needs import EndNeedForm, NeedForm, NewWordForm
from pupils.in_error import may_say_so
from pupils.models import Need, NeedArea, NeedWord, Pupil
from pupils.needs import noted_of
from pupils.standard.needs import words_of

WORD_KEEPERS = (Role.LEAD, Role.SENCO)


@only(*READERS)
def needs(request: Any, uuid: UUID) -> HttpResponse:
    """What holds now, strengths first; what a referral brought, to be sorted; and a form for one more."""
    pupil = pupil_or_404(request, uuid)
    if request.method != "POST":
        return _page(request, pupil)
    if not _may_write(request):
        raise PermissionDenied
    form = _form(pupil, request.POST)
    if form.is_valid():
        try:
            note_need(pupil, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("pupils:needs", pupil.uuid)
    return _page(request, pupil, form=form, status=422)


def _page(
    request: Any,
    pupil: Pupil,
    *,
    form: NeedForm | None = None,
    wrong: Need | None = None,
    wrong_form: EndNeedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """`wrong` is a row whose own small form was refused, as it was typed."""
    log_read(request, "needs", [pupil])
    noted = noted_of(pupil)
    may_write = _may_write(request)
    form = form or (_form(pupil) if may_write else None)
    context = {
        "pupil": pupil,
        "noted": noted,
        "may_write": may_write,
        "may_keep_words": bool(request.roles & set(WORD_KEEPERS)),
        "form": form,
        "words": form.word_choices if form else [],
        "wrong": wrong,
        "wrong_form": wrong_form,
        "ending": EndNeedForm(initial={"day": timezone.localdate()}, auto_id=False),
        "in_error": {
            need.pk
            for rows in noted.by_area.values()
            for need in rows
            if may_write and may_say_so(need, request.user, request.roles)
        },
    }
    return render(request, "pupils/needs.html", context, status=status)


def _form(pupil: Pupil, posted: Any = None) -> NeedForm:
    today = timezone.localdate()
    return NeedForm(posted, words=words_of(pupil.school), today=today)


@only(*WRITERS)
@require_POST
def end(request: Any, uuid: UUID, need: UUID) -> HttpResponse:
    """It no longer holds, since a day."""
    pupil = pupil_or_404(request, uuid)
    found = _need_or_404(pupil, need)
    form = EndNeedForm(request.POST, auto_id=f"end-{found.pk}-%s")
    if form.is_valid():
        try:
            end_need(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, "It is kept among what held earlier.")
            return redirect("pupils:needs", pupil.uuid)
    return _page(request, pupil, wrong=found, wrong_form=form, status=422)


@only(*WRITERS)
@require_POST
def sort(request: Any, uuid: UUID, need: UUID) -> HttpResponse:
    """Put what a referral brought under words of the list."""
    pupil = pupil_or_404(request, uuid)
    found = _need_or_404(pupil, need)
    words = {str(word.uuid): word for word in words_of(pupil.school)}
    word = words.get(request.POST.get("word", ""))
    try:
        if word is None:
            raise Refused("Choose words from the list.")
        sort_need(found, by=request.user, word=word)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Sorted as “{word}”.")
    return redirect("pupils:needs", pupil.uuid)


@only(*WORD_KEEPERS)
def need_words(request: Any) -> HttpResponse:
    """The words that are offered, by area, and those that have ended."""
    form = NewWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            word = add_word(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, f"“{word}” is offered from now on.")
            return redirect("pupils:need_words")
    offered = words_of(request.school)
    ended = NeedWord.objects.at([request.school]).exclude(pk__in=[word.pk for word in offered])
    context = {
        "form": form,
        "areas": [
            (area.label, [word for word in offered if word.area == area])
            for area in NeedArea
            if area != NeedArea.UNSORTED
        ],
        "ended": list(ended),
    }
    return render(request, "pupils/need_words.html", context, status=422 if form.errors else 200)


@only(*WORD_KEEPERS)
@require_POST
def end_need_word(request: Any, uuid: UUID) -> HttpResponse:
    word = end_word(get_object_or_404(NeedWord.objects.at(request.schools), uuid=uuid), by=request.user)
    messages.success(request, f"“{word}” is offered no longer. What is noted with it stays.")
    return redirect("pupils:need_words")


def _need_or_404(pupil: Pupil, uuid: UUID) -> Need:
    found = Need.objects.filter(school=pupil.school_id, pupil=pupil, uuid=uuid).first()
    if found is None:
        raise Http404("No such need of this pupil.")
    return found


def _may_write(request: Any) -> bool:
    return bool(request.roles & set(WRITERS))
