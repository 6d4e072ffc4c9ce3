from django.urls import path

from .views import queue, rules, waiting

app_name = "referrals"
urlpatterns = [
    # The queue, and one referral beside it
    path("", queue.queue, name="queue"),
    path("ended/", queue.ended, name="ended"),
    path("targets/", rules.rules, name="rules"),
    path("kept-apart/", rules.keep_apart, name="keep_apart"),
    path("kept-apart/<uuid:uuid>/end/", rules.end_keep_apart, name="keep_apart_end"),
    path("<uuid:uuid>/", queue.detail, name="detail"),
    path("<uuid:uuid>/talked/", waiting.talked, name="talked"),
    path("<uuid:uuid>/order/", waiting.order, name="order"),
    path("<uuid:uuid>/meanwhile/", waiting.interim, name="interim"),
    path("<uuid:uuid>/meanwhile/<uuid:support>/", waiting.interim_review, name="interim_review"),
    path("<uuid:uuid>/fit/", waiting.fit, name="fit"),
    path("<uuid:uuid>/offer/", waiting.offer, name="offer"),
    path("<uuid:uuid>/offer/<uuid:offer>/answer/", waiting.answer, name="answer"),
]
