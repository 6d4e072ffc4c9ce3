"""Background work sees one school, as a request does."""

import pytest
from celery import shared_task

from iap.schools.models import Provision
from iap.tenancy.context import _get
from iap.tenancy.tasks import InParts, SchoolTask

pytestmark = pytest.mark.django_db(transaction=True)


@shared_task(base=SchoolTask)
def names(*, school_id):
    """What the task sees without any filter of its own."""
    return list(Provision.objects.values_list("name", flat=True))


@shared_task(base=SchoolTask)
def renames_and_fails(*, school_id):
    Provision.objects.update(name="Changed")
    raise ValueError("half way")


@pytest.fixture
def two():
    from iap.schools.models import School
    from iap.tenancy import context

    made = [School.objects.create(urn=f"10000{n}", name=f"S{n}", phase="primary") for n in (1, 2)]
    for school in made:
        with context.within(school.pk):
            Provision.objects.create(school=school, name=f"Base {school.name}")
    return made


def test_a_task_sees_its_own_school_and_no_other(two):
    assert names(school_id=two[0].pk) == ["Base S1"]
    assert names.apply(kwargs={"school_id": two[1].pk}).get() == ["Base S2"]


@pytest.mark.parametrize("given", [{}, {"school_id": None}, {"school_id": ""}, {"school_id": "1,2"}])
def test_a_task_without_its_school_fails(two, given):
    with pytest.raises(RuntimeError, match="without the school_id"):
        names(**given)


def test_a_tasks_context_does_not_reach_the_next_one(two):
    names(school_id=two[0].pk)
    assert _get() == ("", "")
    assert list(Provision.objects.all()) == []


def test_a_task_that_fails_keeps_nothing_and_leaves_no_context(two):
    with pytest.raises(ValueError, match="half way"):
        renames_and_fails(school_id=two[0].pk)
    assert _get() == ("", "")
    assert names(school_id=two[0].pk) == ["Base S1"]


def test_every_task_of_ours_is_bound_to_a_school_or_opens_it_in_parts_or_is_named_a_sweep():
    from iap.celery import app

    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith(("celery.", "tests."))]
    assert [
        task.name for task in ours if not isinstance(task, SchoolTask | InParts) and "sweep" not in task.name
    ] == []
