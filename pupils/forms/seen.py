"""A form that notices when somebody else saved since it was opened."""

from typing import Any

from django import forms


class SeenForm(forms.Form):
    """Carries what was kept when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def look_again(self, seen: Any) -> None:
        """Both are shown now: sent once more, what was typed here is kept."""
        data: Any = self.data
        self.data = data = data.copy()
        data["seen"] = seen
