"""How people sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404, HttpRequest, HttpResponse

from .access import anyone


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the school; nobody opens one for themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": (
            "This account is closed. If you need it, ask the lead of the provision to open it."
        ),
        "email_password_mismatch": (
            "That address and password do not go together. Check both, or reset the password."
        ),
        "enter_current_password": "Type the password you use now, as it is at present.",
        "incorrect_code": "That code does not fit. Type the one your app shows now.",
        "incorrect_password": "That is not your password. Try again.",
        "invalid_password_reset": "This link no longer works. Ask for a new one.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or reset the password.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False


@anyone(because="There is nothing here: the school makes accounts and keeps their addresses.")
def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Stands where people would open an account or change its address for themselves."""
    raise Http404
