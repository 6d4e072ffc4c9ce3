"""Millbeck Primary School: a small primary whose group stays together for the year."""

from .plans import Adult, Group, Plan, Story
from .referred import Referred

TEAM = (
    Adult("GPA", "Mrs", "Gita", "Parmar", "Lead of The Nest", True, "", ("lead",)),
    Adult("OWI", "Mr", "Owen", "Wilde", "Teaching assistant", False, "", ("staff",)),
    Adult("FNO", "Miss", "Freya", "Norris", "Teaching assistant", False),
    Adult("BHA", "Mrs", "Barbara", "Hale", "Headteacher", True, "", ("leader", "dsl")),
    Adult("IQU", "Ms", "Iris", "Quayle", "SENCO", True, "", ("senco",)),
    Adult("KLU", "Mr", "Karl", "Lund", "Business manager", False, "", ("data",)),
)

GROUPS = (
    Group(
        "The Nest",
        (
            ("Phonics and reading", "curriculum"),
            ("Maths with things to hold", "curriculum"),
            ("Feelings and friends", "intervention"),
            ("Forest school", "enrichment"),
            ("Topic", "curriculum"),
        ),
        (("GPA", "qt"), ("OWI", "support"), ("FNO", "support")),
        8,
    ),
)


def _story(year: str, weeks: int, lessons: int, helps: str, mood: float, adult: str) -> Story:
    journey: tuple[tuple[int, int, str, str], ...] = (
        (0, max(lessons - 3, 0), "start", "Afternoons with the class, where the day is calmer."),
    )
    if weeks > 5:
        journey += ((4, lessons, "forward", "One more morning with the class, after story time."),)
    return Story(year, weeks, journey, helps, mood, adult)


STORIES = (
    _story("2", 12, 8, "Pictures for what comes next", 3.6, "OWI"),
    _story("4", 12, 10, "A job to do on arrival", 4.1, "GPA"),
    _story("1", 10, 5, "Somebody at the gate", 2.9, "FNO"),
    _story("5", 9, 12, "A quiet place to read", 3.8, "OWI"),
    _story("3", 7, 6, "First this, then that", 3.2, "GPA"),
    _story("6", 4, 9, "Time to finish", 3.4, "FNO"),
)

REFERRED = (
    Referred(
        "1", "new", 2,
        "Cries at the gate on most days and cannot be comforted for the first hour.",
        "Stories on the carpet, and caring for the class’s snails.",
        "My tummy hurts when Mummy goes.",
        "The same at home on Sundays. Glad to be asked.",
        "A calm start each day, then the morning with the class.",
        ("wellbeing",),
        (("Met at the gate by one adult", 4, "some", "Two mornings in five are calmer"),),
        ("first",), "Snails, painting", agrees="yes",
    ),
    Referred(
        "4", "waiting", 19,
        "Hides under tables when the room becomes loud, and has run out of the building twice.",
        "Numbers. Builds long train tracks with one friend.",
        "I like it when it is quiet and I can see the door.",
        "We wait for an appointment and would like help now.",
        "To stay in the room for stories and maths.",
        ("wellbeing", "learning"),
        (("A tent in the corner", 6, "some", "Used before running, three times out of four"),
         ("Pictures for what comes next", 5, "helped", "Asks for them")),
        ("moving",), "Trains", "Finds noise and change hard.", fit="good",
        interim=("Twenty minutes with Miss Norris each morning", "Miss Norris"),
        rationale="What helps is known and needs a smaller room around it.",
    ),
)  # fmt: skip

PRIMARY = Plan(
    urn="900002",
    name="Millbeck Primary School",
    trust="Three Rivers Learning Trust",
    phase="primary",
    cycle_weeks=1,
    provision="The Nest",
    model="stable",
    years={year: (f"{year}B",) for year in ("R", "1", "2", "3", "4", "5", "6")},
    form_size=20,
    pattern=("Class",),
    team=TEAM,
    groups=GROUPS,
    stories=STORIES,
    seed=11,
    referrals=REFERRED,
    names_of_years={"R": "Reception", **{str(n): f"Year {n}" for n in range(1, 7)}},
)
