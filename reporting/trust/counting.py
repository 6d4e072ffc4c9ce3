"""Counts the figures of each school for its trust, by the same code as every page, and keeps what may leave it."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from iap.schools.models import School
from reporting.facts import Facts
from reporting.figures import Measure, figures_of, measures
from reporting.models import Counted
from reporting.packs.document import Told, told
from reporting.periods import Kind
from reporting.release import Release

PERIODS = {"term": Kind.TERM, "year": Kind.YEAR}


def compared() -> list[Measure]:
    """What schools are seen side by side in: the headlines of a school's own overview."""
    return [each for each in measures() if each.headline]


def count(school: School) -> None:
    """Count a school over both periods. What is kept has been through suppression."""
    facts = Facts(school, timezone.localdate())
    release = Release(facts)
    for name, kind in PERIODS.items():
        period = facts.periods.now(kind)
        if period is None:
            Counted.objects.filter(school=school, period=name).delete()
            continue
        figures = figures_of(facts, period, compared())
        kept = {key: asdict(told(release.leaving(figure))) for key, figure in figures.items()}
        Counted.objects.update_or_create(
            school=school,
            period=name,
            defaults={"name": period.words, "figures": kept, "counted_at": timezone.now()},
        )


def figures_kept(row: Counted) -> dict[str, Told]:
    kept: dict[str, Any] = row.figures
    return {key: Told(**each) for key, each in kept.items()}
