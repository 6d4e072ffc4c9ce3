from django.urls import path

from .views import bell, calendar, codes, home, learning, people, safeguarding, settings, staff, topics, weeks

app_name = "schools"
urlpatterns = [
    path("choose/", home.choose, name="choose"),
    path("still-here/", home.still_here, name="still_here"),
    path("settings/", settings.overview, name="settings"),
    path("settings/provision/", settings.provision, name="provision"),
    path("settings/school/", settings.school, name="school"),
    path("settings/years/", calendar.years, name="years"),
    path("settings/terms/", calendar.terms, name="terms"),
    path("settings/closures/", calendar.closures, name="closures"),
    path("settings/weeks/", weeks.weeks, name="weeks"),
    path("settings/bell/", bell.bell, name="bell"),
    path("settings/bell/copy/", bell.copy, name="copy_monday"),
    path("settings/bell/<int:weekday>/", bell.day, name="bell_day"),
    path("settings/codes/", codes.code_sets, name="code_sets"),
    path("settings/codes/<slug:name>/", codes.code_set, name="code_set"),
    path("settings/code/<uuid:uuid>/", codes.code, name="code"),
    path("settings/code/<uuid:uuid>/remove/", codes.remove_code, name="code_remove"),
    path("settings/safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("people/learning/", learning.learning, name="learning"),
    path("people/learning/topics/", topics.topics, name="topics"),
    path("people/my-learning/", learning.my_learning, name="my_learning"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/staff/", staff.staff_list, name="staff"),
    path("people/staff/<uuid:uuid>/", staff.member, name="staff_member"),
    path("people/staff/<uuid:uuid>/correct/", staff.correct, name="staff_correct"),
    path("people/staff/<uuid:uuid>/link/", staff.link, name="staff_link"),
    path("people/staff/<uuid:uuid>/unlink/", staff.unlink, name="staff_unlink"),
    path("people/staff/<uuid:uuid>/leave/", staff.leave, name="staff_leave"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/give/", people.give_role, name="role_give"),
    path("people/<uuid:uuid>/take/", people.take_role, name="role_take"),
    path("people/<uuid:uuid>/send-link/", people.send_link, name="send_link"),
]
