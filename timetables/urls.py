from django.urls import path

from .views import my_lessons, placements, sessions, steps

app_name = "timetables"
urlpatterns = [
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
