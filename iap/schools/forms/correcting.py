"""A form over what the school's own system says of somebody."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class CorrectingForm(forms.ModelForm):
    """Gives what its reader has changed of what they saw, so that two people at different fields lose nothing."""

    def seen(self) -> SafeString:
        """What stands now, hidden beside the fields."""
        return format_html_join("", "{}", ((field.as_hidden(only_initial=True),) for field in self))

    def changes(self) -> dict[str, Any]:
        """Call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def compare_with_what_was_seen(self) -> None:
        """Call once all fields are there."""
        for field in self.fields.values():
            field.show_hidden_initial = True
