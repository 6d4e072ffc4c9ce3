from django.urls import path

from .views import reads

app_name = "pupils"
urlpatterns = [
    path("<uuid:uuid>/looked/", reads.reads, name="reads"),
]
