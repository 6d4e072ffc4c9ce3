"""Two callers at once: both are held at the same door, so that nothing hangs on luck."""

import contextlib
import threading
from typing import Any

from django.db import connection

from iap.schools.models import Provision, Role, School
from iap.tenancy import context
from tests.factories import MembershipFactory, bell


def together(school: Any, *calls: Any) -> list[Any]:
    """Run the calls at once, each in its own transaction; give what each answered or raised."""
    answers: list[Any] = [None] * len(calls)

    def run(index: int, call: Any) -> None:
        try:
            with context.within(school.pk):
                answers[index] = call()
        except Exception as error:
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def meet(monkeypatch: Any, module: Any, name: str) -> None:
    """Hold two callers at a function's door until both are there, or one waits behind a lock."""
    barrier, original = threading.Barrier(2), getattr(module, name)

    def held(*args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(1.5)
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, held)


def committed() -> tuple[Any, Any]:
    """A school with its bell, and its lead, kept before the race begins."""
    school = School.objects.create(urn="199999", name="Racing School", phase="secondary", cycle_weeks=2)
    with context.within(school.pk):
        Provision.objects.create(school=school, name="The Orchard", places=9)
        bell(school)
        return school, MembershipFactory(school=school, role=Role.LEAD).user
