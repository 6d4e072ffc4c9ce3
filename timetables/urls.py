from django.urls import path, register_converter

from .converters import DayConverter
from .views import feed, half_days, home_paper, my_lessons, next_year, placements, returns, rollover, sessions, steps, taps, today, whole

register_converter(DayConverter, "day")

app_name = "timetables"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("today/<day:day>/", today.today_at, name="today_on"),
    path("today/<day:day>/<slug:period>/", today.today_at, name="today_at"),
    path("today/<day:day>/<uuid:session>/<uuid:uuid>/", taps.tap, name="tap"),
    path("safeguarding/", taps.safeguarding, name="safeguarding"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", sessions.new_session, name="new_session"),
    path("sessions/<uuid:uuid>/", sessions.session, name="session"),
    path("sessions/<uuid:uuid>/adults/", sessions.staff, name="staff"),
    path("sessions/<uuid:uuid>/adults/end/", sessions.end_staff, name="end_staff"),
    path("sessions/<uuid:uuid>/cover/", sessions.cover, name="cover"),
    path("sessions/<uuid:uuid>/end/", sessions.end, name="end_session"),
    path("pupils/<uuid:uuid>/place/", placements.open_placement, name="open_placement"),
    path("pupils/<uuid:uuid>/place/end/", placements.end_placement, name="end_placement"),
    path("pupils/<uuid:uuid>/place/reduced/", placements.reduced_hours, name="reduced_hours"),
    path("pupils/<uuid:uuid>/step/", steps.new_step, name="new_step"),
    path("pupils/<uuid:uuid>/lessons/", returns.returns, name="returns"),
    path("pupils/<uuid:uuid>/lessons/agree/", returns.agree, name="agree"),
    path("pupils/<uuid:uuid>/half-days/", half_days.half_days, name="half_days"),
    path("pupils/<uuid:uuid>/next-year/", next_year.next_year, name="next_year"),
    path("rollover/", rollover.rollover, name="rollover"),
    path("rollover/<uuid:uuid>/seen/", rollover.seen, name="rollover_seen"),
    path("pupils/<uuid:uuid>/week.pdf", home_paper.week_for_home, name="week_for_home"),
    path("my-lessons/", my_lessons.my_lessons, name="my_lessons"),
    path("my-lessons/coming/", my_lessons.coming, name="my_lessons_coming"),
    path("my-lessons/<day:day>/<uuid:uuid>/", my_lessons.feedback, name="feedback"),
    path("my-lessons/read/<uuid:uuid>/", my_lessons.read, name="read_return"),
    path("my-lessons/changes/<uuid:uuid>/", my_lessons.change, name="note_change"),
    path("provision/", whole.whole, name="whole"),
    path("calendar/", feed.feed, name="feed"),
    path("calendar/new/", feed.make, name="feed_make"),
    path("calendar/off/", feed.off, name="feed_off"),
    path("calendar/<uuid:school>/<slug:token>.ics", feed.calendar, name="calendar"),
]
