app_name = "timetables"
urlpatterns: list = []
