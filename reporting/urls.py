from django.urls import path

from .views import costs, overview, packs, reintegration, reviews, trust, what_works

app_name = "reporting"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("costs/", costs.costs, name="costs"),
    path("costs/new/", costs.new, name="new_costs"),
    path("costs/<uuid:uuid>/", costs.change, name="change_costs"),
    path("what-works/", what_works.what_works, name="what_works"),
    path("figures/<slug:key>/", overview.figure, name="figure"),
    path("way-back/", reintegration.reintegration, name="reintegration"),
    path("self-review/", reviews.review, name="review"),
    path("self-review/begin/", reviews.begin, name="review_begin"),
    path("self-review/keep/", reviews.keep, name="review_keep"),
    path("self-review/tenets/<slug:key>/", reviews.tenet, name="review_tenet"),
    path("self-review/<uuid:uuid>/", reviews.kept, name="review_kept"),
    path("packs/", packs.packs, name="packs"),
    path("packs/governors/", packs.make_governors, name="make_governors"),
    path("packs/provision/", packs.make_provision, name="make_provision"),
    path("packs/by-itself/", packs.schedule, name="schedule"),
    path("packs/by-itself/<uuid:uuid>/end/", packs.end_schedule, name="end_schedule"),
    path("packs/case-file/<uuid:uuid>/", packs.make_case_file, name="make_case_file"),
    path("packs/reported/<uuid:uuid>/", packs.snapshot, name="snapshot"),
    path("packs/reported/<uuid:uuid>/again/", packs.make_again, name="make_again"),
    path("packs/<uuid:uuid>/", packs.pack, name="pack"),
    path("packs/<uuid:uuid>/file.<slug:ending>", packs.pack_file, name="pack_file"),
    path("trust/", trust.trust, name="trust"),
    path("trust/count/", trust.count_again, name="count_again"),
    path("trust/pack/", trust.make_pack, name="make_trust"),
    path("trust/<uuid:uuid>/ask/", trust.ask, name="ask_names"),
    path("trust/<uuid:uuid>/<slug:key>/", trust.names, name="names"),
    path("names/", trust.permissions, name="permissions"),
    path("names/<uuid:uuid>/decide/", trust.decide, name="decide_names"),
    path("names/<uuid:uuid>/end/", trust.end_permission, name="end_names"),
]
