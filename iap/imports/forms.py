from typing import Any

from django import forms

MOST_FILES, LARGEST = 14, 40 * 1024 * 1024
ENDINGS = (".csv", ".txt", ".zip")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each of a kind and size we can read."""

    widget = ManyFiles(attrs={"accept": ".csv,.txt,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [super(ManyFilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files, or put them into one zip.")
        for file in files:
            if not file.name.lower().endswith(ENDINGS):
                raise forms.ValidationError(
                    f"{file.name} is neither a CSV file nor a zip. Save it as CSV first."
                )
            if file.size > LARGEST:
                raise forms.ValidationError(f"{file.name} is larger than 40 MB. Send it in parts.")
        if len({file.name for file in files}) < len(files):
            raise forms.ValidationError("Two of the files have the same name. Rename one of them.")
        return files


class UploadForm(forms.Form):
    exports = ManyFilesField(
        label="Files",
        help_text="CSV exports, or one zip of them. Choose all of them together: pupils, staff, periods, calendar, …",
    )
