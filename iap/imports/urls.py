from django.urls import path

from .views import checking, corrections, mapping, runs, sending

app_name = "imports"
urlpatterns = [
    path("", sending.new, name="new"),
    path("rules/", corrections.rules, name="rules"),
    path("rules/let-go/", corrections.let_go, name="let_go"),
    path("<uuid:uuid>/", checking.show, name="show"),
    path("<uuid:uuid>/understood/", mapping.understood, name="understood"),
    path("<uuid:uuid>/answers/", checking.answers, name="answers"),
    path("<uuid:uuid>/apply/", checking.apply, name="apply"),
    path("<uuid:uuid>/left-out.csv", checking.refused, name="refused"),
    path("<uuid:uuid>/put-away/", sending.put_away, name="put_away"),
    path("<uuid:uuid>/again/", sending.again, name="again"),
    path("runs/<uuid:uuid>/", runs.run, name="run"),
    path("runs/<uuid:uuid>/left/", runs.left, name="left"),
    path("runs/<uuid:uuid>/undo/", runs.undo, name="undo"),
]
