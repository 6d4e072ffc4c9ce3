"""Migrating without building every model anew for every trigger, which is half of what migrating costs."""

from collections.abc import Callable
from typing import Any

from pgtrigger.migrations import AddTrigger, RemoveTrigger


def spare_the_models() -> None:
    """A trigger changes no field, so the models as they were built so far go on being right."""
    for operation in (AddTrigger, RemoveTrigger):
        operation.state_forwards = _in_words_alone(operation.state_forwards)  # type: ignore[method-assign]


def _in_words_alone(state_forwards: Callable[..., None]) -> Callable[..., None]:
    def changed(operation: Any, app_label: str, state: Any) -> None:
        built = state.__dict__.pop("apps", None)  # without these nothing is built anew
        state_forwards(operation, app_label, state)
        if built is not None:
            state.apps = built

    return changed
