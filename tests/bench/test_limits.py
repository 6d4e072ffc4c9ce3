"""What somebody waits for has bounds, and these are of schools as large as they were meant for."""

from iap.local.bench import reports
from iap.local.bench.figures import LIMITS
from iap.local.bench.years import Size


def test_what_leaders_wait_for_is_bounded_for_a_school_with_three_years_and_sixty_places() -> None:
    bounds = {
        "overview.queries": 30,
        "overview.cold_ms": 400,
        "overview.warm_ms": 60,
        "overview.charts_ms": 600,
        "governors_pack.first_seconds": 5,
        "governors_pack.grown_mb": 10,
        "trust_of_40.queries": 20,
        "trust_of_40.ms": 300,
    }
    assert {name: limit for name, limit in LIMITS.items() if name in bounds} == bounds
    assert (Size().years, Size().places, reports.PACKS, reports.SCHOOLS) == (3, 60, 100, 40)
