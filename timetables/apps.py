from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    """Mainstream lessons, IAP sessions and the hybrid weeks that join them."""

    name = "timetables"

    def ready(self) -> None:
        from iap.exports import tables
        from iap.imports import after, kinds
        from iap.schools import learning
        from iap.ui.navigation import Item, register
        from pupils import outcomes
        from pupils import taught as taught_by

        from . import duties, hours_panel, letters, panels, review_facts, streams, taught, voice_panels
        from .imports import members, timetable
        from .models import CalendarFeed, ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson
        from .outcomes_of_places import share_of_the_week
        from .receiving import teachers_of_returns
        from .rollover import CHANGING, LOOK, tell_after_import

        for kind in (timetable.KIND, members.KIND):
            kinds.register(kind)
        after.register(tell_after_import)
        tables.of_the_school(ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson)
        tables.leave_out(CalendarFeed, because="it holds the key to somebody’s calendar")
        after.look_at(
            after.Page(frozenset(CHANGING), LOOK, "timetables:rollover", frozenset({"lead", "senco"}))
        )
        panels.offer()
        duties.offer()
        hours_panel.offer()
        voice_panels.offer()
        streams.offer()
        letters.offer()
        learning.register("Teachers of returning pupils", teachers_of_returns)
        outcomes.register(share_of_the_week)
        review_facts.offer()
        taught_by.register(taught.teachers_met, taught.passport_address)
        register(
            Item(
                "today",
                "Today",
                "timetables:today",
                "home",
                roles={"staff", "lead", "leader", "senco", "dsl"},
                order=10,
            )
        )
        register(
            Item("sessions", "Sessions", "timetables:sessions", "calendar", roles={"lead", "senco"}, order=40)
        )
        register(
            Item(
                "offsite",
                "Off site",
                "timetables:offsite",
                "map-pin",
                roles={"staff", "lead", "leader", "senco", "dsl"},
                order=65,
            )
        )
        register(
            Item(
                "my-lessons", "My lessons", "timetables:my_lessons", "book-open", roles={"teacher"}, order=10
            )
        )
