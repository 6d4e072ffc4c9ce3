"""The pupil's own page on a tablet of the staff's.

Handing it over signs the member of staff out and begins a session that is nobody's: it carries the key of one
time of one pupil, and every page but this one sends it to sign in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import anyone, only
from iap.schools.models import School
from iap.tenancy import context
from pupils.access import WRITERS, pupil_or_404
from pupils.actions.exits import keep_evaluation
from pupils.actions.voice import end_time, hand_over, say_day
from pupils.models import ExitEvaluation, PupilSaid, VoiceTime
from timetables.forms.voice import DayForm, TimeHereForm
from timetables.voice import ending_place, my_goals, my_journey, my_week

TIME = "pupils-time"  # the session's key: which school's, and which time
WHY = "The tablet is a pupil's: staff who handed it over are signed out, and one pupil's page is all it reaches."


@only(*WRITERS)
@require_POST
def hand_over_tablet(request: Any, uuid: UUID) -> HttpResponse:
    """End the staff's session and begin the pupil's."""
    pupil = pupil_or_404(request, uuid)
    try:
        time = hand_over(pupil, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(pupil.get_absolute_url())
    log_read(request, "voice", [pupil])
    logout(request)
    rotate_token(request)
    request.session[TIME] = [pupil.school_id, time.pk]
    response = redirect("timetables:voice")
    response["Clear-Site-Data"] = '"cache"'  # nothing that was open before comes back with a swipe
    return response


def for_the_pupil(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the pupil's time, with its one school in reach; without one, ask staff to sign in."""

    @wraps(view)
    def opened(request: Any) -> HttpResponse:
        school_id, key = request.session.get(TIME) or (None, None)
        if school_id is None or request.user.is_authenticated:
            return redirect("home") if request.user.is_authenticated else redirect("account_login")
        with context.within(school_id):
            school = School.objects.select_related("provision").get(pk=school_id)
            times = VoiceTime.objects.at([school]).running_at(timezone.now())
            time = times.filter(pk=key).select_related("pupil", "opened_by").first()
            if time is None:
                return _closed(request)
            time.school = time.pupil.school = school
            request.school = school
            response = view(request, time)
        response["Cache-Control"] = "private, no-store"
        return response

    return opened


def _closed(request: Any) -> HttpResponse:
    request.session.flush()
    response = render(request, "timetables/voice_closed.html")
    response["Cache-Control"] = "private, no-store"
    return response


@anyone(because=WHY)
@for_the_pupil
def voice(request: Any, time: VoiceTime) -> HttpResponse:
    """My goal, my week, my journey, and how today was."""
    form = DayForm(request.POST) if request.method == "POST" else DayForm(initial={"entry": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            say_day(time, **form.said())
        except Conflict:
            form.begin_anew(
                "You have said something already, and it is kept. To add this too, press once more."
            )
            return _page(request, time, form, 409)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Your adults will read it.")
            return redirect("timetables:voice")
    return _page(request, time, form, status=422 if form.errors else 200)


@anyone(because=WHY)
@for_the_pupil
def my_time(request: Any, time: VoiceTime) -> HttpResponse:
    """What the pupil says of their time here, once its end is known. Sent again, it is kept once."""
    place = ending_place(time.pupil, timezone.localdate())
    if request.method != "POST" or place is None:
        return redirect("timetables:voice")
    form = TimeHereForm(request.POST, auto_id="here_%s")
    if form.is_valid():
        told = ExitEvaluation.objects.at([time.school]).standing().filter(placement=place, own_hand=True)
        try:
            if not told.filter(**form.cleaned_data).exists():
                keep_evaluation(place, by=time.opened_by, own_hand=True, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Your adults will read it.")
            return redirect("timetables:voice")
    return _page(request, time, DayForm(initial={"entry": uuid4()}), 422, time_here=form)


def _page(
    request: Any, time: VoiceTime, form: DayForm, status: int, time_here: TimeHereForm | None = None
) -> HttpResponse:
    pupil, today = time.pupil, timezone.localdate()
    ending = ending_place(pupil, today)
    mine = PupilSaid.objects.at([time.school]).filter(pupil=pupil).standing()
    context = {
        "pupil": pupil,
        "until": localtime(time.until),
        "seconds_left": int((time.until - timezone.now()).total_seconds()),
        "form": form,
        "said": mine.on_day(today).newest_first().first(),
        "time_here": (time_here or TimeHereForm(auto_id="here_%s")) if ending else None,
        "told": ExitEvaluation.objects.at([time.school])
        .standing()
        .filter(placement=ending, own_hand=True)
        .exists()
        if ending
        else False,
        "goals": my_goals(pupil),
        "week": my_week(time.school, pupil, today),
        "journey": my_journey(time.school, pupil, today),
        "provision_name": time.school.provision.name,
    }
    return render(request, "timetables/voice.html", context, status=status)


@anyone(because=WHY)
@for_the_pupil
def finish(request: Any, time: VoiceTime) -> HttpResponse:
    """The pupil gives the tablet back."""
    if request.method == "POST":
        end_time(time)
        return _closed(request)
    return redirect("timetables:voice")
