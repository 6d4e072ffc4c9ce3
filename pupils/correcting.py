"""What of a pupil people may correct here, as the rules of imports list it."""

from iap.imports.correctable import Things, register

from .actions.correcting import CORRECTABLE
from .forms.correcting import CorrectForm
from .models import Pupil


def offer() -> None:
    labels = {name: _label(name) for name in CORRECTABLE}
    register(Things("pupils.pupil", "Pupils", "Correct a pupil’s details", "pupils:to_correct", labels))


def _label(name: str) -> str:
    label = str(CorrectForm.Meta.labels.get(name) or Pupil._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
