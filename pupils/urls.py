from django.urls import path

from .views import (
    assessments,
    detail,
    entries,
    in_error,
    listing,
    needs,
    notes,
    readiness,
    reads,
    searching,
    tools,
)

app_name = "pupils"
urlpatterns = [
    path("", listing.pupils, name="list"),
    path("search/", searching.search, name="search"),
    path("need-words/", needs.need_words, name="need_words"),
    path("need-words/<uuid:uuid>/end/", needs.end_need_word, name="end_need_word"),
    path("tools/", tools.tools, name="tools"),
    path("tools/new/", tools.new_tool, name="new_tool"),
    path("tools/<uuid:uuid>/", tools.edit_tool, name="edit_tool"),
    path("tools/<uuid:uuid>/end/", tools.end, name="end_tool"),
    path("<uuid:uuid>/", detail.detail, name="detail"),
    path("<uuid:uuid>/needs/", needs.needs, name="needs"),
    path("<uuid:uuid>/needs/<uuid:need>/end/", needs.end, name="end_need"),
    path("<uuid:uuid>/needs/<uuid:need>/sort/", needs.sort, name="sort_need"),
    path("<uuid:uuid>/assessments/", assessments.assessments, name="assessments"),
    path("<uuid:uuid>/assessments/<uuid:tool>/", assessments.tool, name="assessment_tool"),
    path("<uuid:uuid>/assessments/<uuid:tool>/scores/", assessments.scores, name="scores"),
    path("<uuid:uuid>/readiness/", readiness.readiness, name="readiness"),
    path("<uuid:uuid>/in-error/<slug:kind>/<uuid:record>/", in_error.in_error, name="in_error"),
    path("<uuid:uuid>/check-ins/", entries.check_ins, name="check_ins"),
    path("<uuid:uuid>/note/", notes.note, name="note"),
    path("<uuid:uuid>/entries/<uuid:entry>/undo/", entries.undo_entry, name="undo"),
    path("<uuid:uuid>/entries/<uuid:entry>/words/", entries.edit_words, name="words"),
    path("<uuid:uuid>/entries/<uuid:entry>/followed-up/", entries.follow_up_done, name="followed_up"),
    path("<uuid:uuid>/looked/", reads.reads, name="reads"),
]
