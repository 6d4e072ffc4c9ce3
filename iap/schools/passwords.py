"""The link by which people set their own password; nobody else ever knows one."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.core.context import request_context
from django.db import transaction

from .models import User


def send_password_link(request: Any, user: User) -> None:
    """Send it once what was changed is kept. A mail server that is down leaves the change standing."""

    def send() -> None:
        form = ResetPasswordForm({"email": user.email})
        with request_context(request):  # the request is answered by now
            if form.is_valid():
                form.save(request)

    transaction.on_commit(send, robust=True)
