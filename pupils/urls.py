from django.urls import path

from .views import detail, entries, listing, notes, reads, searching

app_name = "pupils"
urlpatterns = [
    path("", listing.pupils, name="list"),
    path("search/", searching.search, name="search"),
    path("<uuid:uuid>/", detail.detail, name="detail"),
    path("<uuid:uuid>/check-ins/", entries.check_ins, name="check_ins"),
    path("<uuid:uuid>/note/", notes.note, name="note"),
    path("<uuid:uuid>/entries/<uuid:entry>/undo/", entries.undo_entry, name="undo"),
    path("<uuid:uuid>/entries/<uuid:entry>/words/", entries.edit_words, name="words"),
    path("<uuid:uuid>/entries/<uuid:entry>/followed-up/", entries.follow_up_done, name="followed_up"),
    path("<uuid:uuid>/looked/", reads.reads, name="reads"),
]
