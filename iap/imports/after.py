"""What apps do once an import has been kept: they register a function here in `AppConfig.ready()`."""

from collections.abc import Callable

from iap.schools.models import School
from iap.tenancy import context

After = Callable[[School, frozenset[str]], None]
_registered: list[After] = []


def register(act: After) -> None:
    """Call `act(school, kinds)` after each import that was applied; `kinds` are those its files held."""
    if act not in _registered:
        _registered.append(act)


def run(school_id: int, kinds: frozenset[str]) -> None:
    """Each in a transaction of its own, which sees this school alone."""
    school = School.objects.get(pk=school_id)
    for act in _registered:
        with context.within(school_id):
            act(school, kinds)
