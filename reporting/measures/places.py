"""Who has a place, and for how long."""

from collections.abc import Iterable

from reporting.facts import Facts
from reporting.figures import Measure, Row, register
from reporting.periods import Period


def pupils_supported(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils who had a place on at least one day of the period. A pupil with two places counts once."""
    seen: set[int] = set()
    for place in facts.open_in(*period.window):
        again = place.pupil_id in seen
        seen.add(place.pupil_id)
        yield Row(
            (place.starts_on, place.ends_on, place.get_model_display()),
            part=0 if again else 1,
            pupil=place.pupil_id,
        )


def offer() -> None:
    register(
        Measure(
            "pupils-supported",
            "Pupils supported",
            pupils_supported,
            unit="pupils",
            one="pupil",
            columns=("From", "Until", "Kind of place"),
            headline=True,
            order=10,
        )
    )
