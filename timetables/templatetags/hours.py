"""Minutes as people say them."""

from django import template

from timetables.hours_panel import in_words

register = template.Library()
register.filter("in_hours", in_words)
