"""`{% load reviews %}`: the parts of a held review that belong to one target."""

from collections.abc import Mapping

from django import template

from pupils.models import TargetOutcome
from pupils.review.reading import Said, step_field, words_field

register = template.Library()


@register.filter
def step_of(said: Mapping[str, Said], outcome: TargetOutcome) -> Said:
    return said[step_field(outcome)]


@register.filter
def words_of(said: Mapping[str, Said], outcome: TargetOutcome) -> Said:
    return said[words_field(outcome)]
