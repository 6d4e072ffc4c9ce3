from typing import Any

from django import forms

from iap.imports.reading.files import ENDINGS

MOST_FILES, LARGEST = 30, 60 * 1024 * 1024
LONGEST_NAME = 200  # bytes, of which a disk keeps 255


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each of a kind and size we can read."""

    widget = ManyFiles(attrs={"accept": ",".join(ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        for file in data or []:
            if not file.size:
                raise forms.ValidationError(f"{file.name} is empty. Export it again.")
        files = [super(ManyFilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files, or put them into one zip.")
        for file in files:
            if not file.name.lower().endswith(ENDINGS):
                said = f"{file.name} is neither a CSV or Excel file nor a zip. Save it as CSV first."
                raise forms.ValidationError(said)
            if len(file.name.encode()) > LONGEST_NAME:
                raise forms.ValidationError(f"The name of {file.name} is too long. Rename it.")
            if file.size > LARGEST:
                said = f"{file.name} is larger than 60 MB. Send it in parts, or as a zip."
                raise forms.ValidationError(said)
        if len({file.name for file in files}) < len(files):
            raise forms.ValidationError("Two of the files have the same name. Rename one of them.")
        return files


class UploadForm(forms.Form):
    exports = ManyFilesField(
        label="Files",
        help_text="CSV or Excel, or a zip of them, or a OneRoster zip. Choose all of them together.",
        error_messages={"required": "Choose at least one file."},
    )
