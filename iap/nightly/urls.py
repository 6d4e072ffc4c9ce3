from django.urls import path

from . import views

app_name = "nightly"
urlpatterns = [
    path("", views.show, name="show"),
    path("ask/", views.ask, name="ask"),
]
