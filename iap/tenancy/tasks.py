"""Background work, bound to one school as a request is."""

from typing import Any

from celery import Task

from . import context


class SchoolTask(Task):
    """A task over one school's rows: `@shared_task(base=SchoolTask)`, called with `school_id=`.

    It runs in one transaction that sees that school and no other, and fails without one. Work over many
    schools is a sweep that sends one such task for each.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        school_id = kwargs.get("school_id")
        if type(school_id) is not int:
            raise RuntimeError(f"{self.name} was sent without the school_id whose rows it may touch.")
        with context.within(school_id):
            return super().__call__(*args, **kwargs)


class InParts(Task):
    """A task in several transactions, each of which opens its rows for itself: `@shared_task(base=InParts)`.

    For work that waits for somebody outside, or that is about more than one school: no transaction is held
    meanwhile. Outside of those it opens, row security shows it nothing.
    """

    abstract = True
