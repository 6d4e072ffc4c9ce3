"""What somebody waits for has bounds, and these are of schools as large as they were meant for."""

from iap.local.bench import importing, pupils, reports, weeks
from iap.local.bench.figures import LIMITS
from iap.local.bench.room import a_term
from iap.local.bench.years import Size


def test_what_leaders_wait_for_is_bounded_for_a_school_with_three_years_and_sixty_places() -> None:
    bounds: dict[str, float] = {
        "overview.queries": 30,
        "overview.cold_ms": 400,
        "overview.warm_ms": 60,
        "overview.charts_ms": 600,
        "governors_pack.first_seconds": 5,
        "governors_pack.grown_mb": 10,
        "trust_of_40.queries": 20,
        "trust_of_40.ms": 300,
    }
    assert held(bounds) == bounds
    assert (Size().years, Size().places, reports.PACKS, reports.SCHOOLS) == (3, 60, 100, 40)


def test_a_pupils_pages_are_bounded_for_a_pupil_of_two_years_and_two_thousand_entries() -> None:
    bounds: dict[str, float] = {
        "pupil_page.queries": 20,
        "pupil_page.more": 0,
        "timeline.queries": 8,
        "review_pre_fill.queries": 12,
    }
    assert held(bounds) == bounds
    assert (pupils.ENTRIES, pupils.YEARS) == (2000, 2)


def test_what_a_lead_and_a_teacher_open_about_weeks_is_bounded_for_thirty_pupils_and_twelve_weeks() -> None:
    bounds: dict[str, float] = {
        "heat_map.queries": 12,
        "heat_map.median_ms": 60,
        "heat_map.beside_others": 1.5,
        "what_if.median_ms": 150,
        "planner.queries": 16,
        "my_lessons.queries": 10,
    }
    assert held(bounds) == bounds
    assert (weeks.PLACED, weeks.WEEKS) == (30, 12)


def test_room_is_found_in_five_seconds_for_thirty_pupils_sixty_slots_and_twelve_weeks() -> None:
    problem = a_term()
    slots = {seat.slot for seat in problem.seats}
    assert LIMITS["find_room.seconds"] == 5
    assert (len(problem.waiting), len(slots), len(problem.weeks)) == (30, 60, 12)


def test_a_whole_export_and_a_mark_are_bounded_for_a_hundred_thousand_marks_and_a_million() -> None:
    bounds: dict[str, float] = {
        "import.seconds": 20,
        "import.again_seconds": 10,
        "import.peak_mb": 400,
        "marks.ratio": 1.15,
        "marks.peak_mb": 400,
    }
    assert held(bounds) == bounds
    assert (importing.FEW[1], importing.MANY[1]) == (100_000, 1_000_000)


def held(bounds: dict[str, float]) -> dict[str, float]:
    """Those of the limits that have these names."""
    return {name: limit for name, limit in LIMITS.items() if name in bounds}
