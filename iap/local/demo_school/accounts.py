"""Accounts for the adults who sign in, and the sentences that say how."""

from iap.schools.models import Membership, Role, School, StaffMember, User
from iap.tenancy import context

from .plans import Adult
from .school import Invented, Teacher

PASSWORD = "orchard apples in autumn"  # noqa: S105  the demo's own, printed when it starts
TRUST_LEADER = ("Ms Adaeze Trent", "a.trent@trust.example")
TEACHES = {
    "Art": 0,
    "Class": 2,
}  # of a subject’s teachers the one who signs in: pupils come back to their lessons


def give(invented: Invented, school: School) -> dict[str, User]:
    """Accounts for the team, one teacher and the trust's leader; the users by staff code."""
    users = {
        adult.code: _account(school, f"{adult.title} {adult.family}", adult.email, adult.signs_in, adult.code)
        for adult in invented.plan.team
        if adult.signs_in
    }
    teacher = teacher_who_signs_in(invented)
    name, email = f"{teacher.title} {teacher.family}", address(teacher)
    users[teacher.code] = _account(school, name, email, (Role.TEACHER,), teacher.code)
    _account(school, *TRUST_LEADER, (Role.TRUST,))
    return users


def address(person: Adult | Teacher) -> str:
    return f"{person.given[0]}.{person.family}@school.example".lower()


def teacher_who_signs_in(invented: Invented) -> Teacher:
    return next(of[TEACHES[subject]] for subject, of in invented.teachers.items() if subject in TEACHES)


def _account(school: School, name: str, email: str, roles: tuple[str, ...], code: str = "") -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
    for role in roles:
        Membership.objects.create(school=school, user=user, role=role)
    if code:
        StaffMember.objects.filter(school=school, code=code).update(user=user, linked_by=user)
    return user


def sign_ins() -> str:
    """One line for each role of the demo's schools: who, with which address; and the password for all."""
    lines = []
    for school in School.objects.by_name():
        with context.within(school.pk):
            held = Membership.objects.filter(school=school).select_related("user").order_by("pk")
            first = {membership.role: membership.user for membership in reversed(held)}
        lines.append(f"{school.name} ({school.urn})")
        lines += [f"  {role.label:<28} {first[role].email}" for role in Role if role in first]
    return "\n".join([*lines, "", f"Password for all of them: {PASSWORD}"])
