"""The link by which people set their own password; nobody else ever knows one."""

from functools import partial
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.db import transaction

from .models import User


def send_password_link(request: Any, user: User) -> None:
    """Send it once what was changed is kept. A mail server that is down leaves the change standing."""
    transaction.on_commit(partial(_send, request, user.email), robust=True)


def _send(request: Any, email: str) -> None:
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)
