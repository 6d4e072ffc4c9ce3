"""A data manager at the page, whose workers work at once."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

Files = dict[str, str | bytes]


def read_out(answer: Any) -> str:
    """The words of a page, as somebody would read them out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


class Manager:
    """Somebody signed in who sends files; what they set off is done before the answer is looked at."""

    def __init__(self, client: Any, settle: Callable[..., Any]) -> None:
        self.client, self.settle = client, settle

    def get(self, *args: Any, **more: Any) -> Any:
        return self.client.get(*args, **more)

    def post(self, address: str, data: Any = None, **more: Any) -> Any:
        """Post, let the workers finish, and open where it leads."""
        follow = more.pop("follow", True)
        with self.settle(execute=True):
            answer = self.client.post(address, data or {}, **more)
        return (
            self.client.get(answer["Location"], follow=True)
            if follow and answer.status_code == 302
            else answer
        )

    def send(self, files: Files, address: str = "/imports/") -> Any:
        """Send files by name; gives the page that follows."""
        uploads = [
            SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
            for name, text in files.items()
        ]
        with self.settle(execute=True):
            answer = self.client.post(address, {"exports": uploads})
        self.address = answer.get("Location", "")
        return self.client.get(self.address, follow=True) if self.address else answer

    def bring_in(self, files: Files, **choices: Any) -> Any:
        """Send files, and bring in their good rows; gives the record of it."""
        self.send(files)
        return self.post(f"{self.address}apply/", choices)

    def listed(self, kind: str, what: str) -> str:
        """What is listed of a kind, in words."""
        return read_out(self.get(f"{self.address}?kind={kind}&what={what}"))


@pytest.fixture
def manager(
    client: Any, data_manager: Any, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> Manager:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(data_manager)
    return Manager(client, django_capture_on_commit_callbacks)
