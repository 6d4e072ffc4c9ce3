from django.urls import path

from .views import asked, capacity, decisions, files, pack, panels, queue, refer, room, rules, waiting

app_name = "referrals"
urlpatterns = [
    # Referring
    path("mine/", refer.mine, name="mine"),
    path("new/", refer.new, name="new"),
    path("asked/<uuid:uuid>/", asked.asked, name="asked"),
    path("<uuid:uuid>/write/<slug:slug>/", refer.section, name="section"),
    path("<uuid:uuid>/send/", refer.send, name="send"),
    path("<uuid:uuid>/sent/", refer.mine_one, name="mine_one"),
    path("<uuid:uuid>/withdraw/", refer.withdraw, name="withdraw"),
    path("<uuid:uuid>/files/", files.attach, name="attach"),
    path("<uuid:uuid>/files/<uuid:file>/", files.download, name="file"),
    path("<uuid:uuid>/files/<uuid:file>/remove/", files.remove, name="remove_file"),
    # The queue, and one referral beside it
    path("", queue.queue, name="queue"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("capacity/room/", room.room, name="room"),
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
    # The panel
    path("panels/", panels.panels, name="panels"),
    path("panels/new/", panels.new, name="panel_new"),
    path("panels/<uuid:uuid>/", panels.panel, name="panel"),
    path("panels/<uuid:uuid>/agenda/", panels.agenda, name="panel_agenda"),
    path("panels/<uuid:uuid>/minutes/", panels.minutes, name="panel_minutes"),
    path("panels/<uuid:uuid>/close/", panels.close, name="panel_close"),
    path("panels/<uuid:uuid>/pack/", pack.pack, name="pack"),
    path("panels/<uuid:uuid>/pack/<uuid:paper>/", pack.pack_wait, name="pack_wait"),
    path("panels/<uuid:uuid>/pack/<uuid:paper>/pdf/", pack.pack_file, name="pack_file"),
    path("<uuid:uuid>/decide/", decisions.decide, name="decide"),
    path("<uuid:uuid>/family-told/", decisions.family_told, name="family_told"),
]
