import datetime as dt


class DayConverter:
    """A day in an address: 2026-11-24. Anything else is no such page."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        day = dt.date.fromisoformat(value)
        if not 2000 <= day.year < 2100:
            raise ValueError("No school of ours was open then.")
        return day

    def to_url(self, value: dt.date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()
