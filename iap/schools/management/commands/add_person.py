from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from iap.errors import Refused
from iap.schools.actions.people import add_person, give_role
from iap.schools.actions.settings import provision_of
from iap.schools.models import Membership, Role, School, User
from iap.schools.models.school import Phase
from iap.tenancy import context


class Command(BaseCommand):
    help = (
        "Gives somebody roles in a school and prints a link by which they set their password. For the first "
        "account of an installation; everybody after that is added on the page of people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as colleagues know them: Ms R. Adeyemi")
        parser.add_argument("--school", required=True, metavar="URN", help="six digits")
        parser.add_argument("--role", required=True, action="append", choices=Role.values, dest="roles")
        new = parser.add_argument_group("where the school is not there yet")
        new.add_argument("--school-name")
        new.add_argument("--phase", choices=Phase.values)
        new.add_argument("--cycle-weeks", type=int, choices=(1, 2), default=1)

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            validate_email(given["email"])
        except ValidationError as error:
            raise CommandError("Give the person's e-mail address first.") from error
        with transaction.atomic():
            school = self._school(given)
            with context.within(school.pk):
                provision_of(school)
                user = self._person(school, given)
        self.stdout.write(f"{user} <{user.email}> at {school}: {', '.join(given['roles'])}")
        if user.has_usable_password():
            self.stdout.write("They have a password already and keep it.")
        else:
            self.stdout.write("They set their password here, once, within three days:")
            self.stdout.write(_link(user))

    def _school(self, given: dict[str, Any]) -> School:
        found = School.objects.filter(urn=given["school"]).first()
        if found:
            return found
        if not (given["school_name"] and given["phase"]):
            raise CommandError("There is no school with that URN. To make it, add --school-name and --phase.")
        school = School(
            urn=given["school"],
            name=given["school_name"],
            phase=given["phase"],
            cycle_weeks=given["cycle_weeks"],
        )
        try:
            school.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        school.save()
        return school

    def _person(self, school: School, given: dict[str, Any]) -> User:
        """The person with every role asked for; what they hold already is left as it is."""
        user = User.objects.filter(email__iexact=given["email"]).first()
        held = set(Membership.objects.filter(school=school, user=user).values_list("role", flat=True))
        try:
            for role in dict.fromkeys(given["roles"]):
                if user is None:
                    user, _ = add_person(school, by=None, email=given["email"], name=given["name"], role=role)
                elif role not in held:
                    give_role(school, by=None, user=user, role=role)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        assert user is not None
        return user


def _link(user: User) -> str:
    """The same link that a forgotten password is replaced by."""
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    origin = (settings.CSRF_TRUSTED_ORIGINS or [f"http://{settings.ALLOWED_HOSTS[0]}"])[0]
    return origin + reverse("account_reset_password_from_key", kwargs=keys)
