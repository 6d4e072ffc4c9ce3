"""How people sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the school; nobody opens one for themselves."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
