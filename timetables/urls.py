from django.urls import path, register_converter

from .converters import DayConverter
from .views import my_lessons, placements, sessions, steps, taps, today

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
    path("my-lessons/", my_lessons.my_lessons, name="my_lessons"),
]
