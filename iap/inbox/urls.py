from django.urls import path

from . import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("count/", views.count, name="count"),
    path("<uuid:uuid>/", views.open_message, name="open"),
]
