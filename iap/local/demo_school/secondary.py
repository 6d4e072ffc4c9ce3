"""Harrowgate Hill Academy: a secondary school whose pupils return lesson by lesson."""

from .plans import Adult, Group, Plan, Story
from .referred import REFERRED

PATTERN = (
    "English", "Mathematics", "Science", "Geography", "English", "Mathematics", "Science", "History",
    "French", "Art", "English", "Mathematics", "Science", "Physical education", "Music", "Computing",
)  # fmt: skip

TEAM = (
    Adult("LAP", "Ms", "Leona", "Aspinall", "Lead of The Orchard", True, "English", ("lead",)),
    Adult("TOK", "Mr", "Tunde", "Okafor", "Teacher, The Orchard", True, "Mathematics", ("staff",)),
    Adult("MPR", "Mrs", "Megan", "Pritchard", "Teacher, The Orchard", True, "Science", ("staff",)),
    Adult("JBR", "Mr", "Joel", "Brannigan", "Learning mentor", False, "", ("staff",)),
    Adult("SKA", "Miss", "Simran", "Kalsi", "Teaching assistant", False),
    Adult("DHO", "Mr", "Dean", "Holroyd", "Teaching assistant", False),
    Adult("RMC", "Mrs", "Ruth", "McAllister", "Emotional literacy support", False),
    Adult("HDE", "Dr", "Hugh", "Denholm", "Headteacher", True, "", ("leader",)),
    Adult("CFA", "Mrs", "Clare", "Fairbank", "SENCO", True, "", ("senco",)),
    Adult("NSI", "Mr", "Nasir", "Siddiq", "Designated safeguarding lead", True, "", ("dsl",)),
    Adult("WBE", "Ms", "Wendy", "Bexley", "Data manager", False, "", ("data",)),
)

GROUPS = (
    Group(
        "Orchard room",
        (
            ("Maths", "curriculum"),
            ("English", "curriculum"),
            ("Science", "curriculum"),
            ("English", "curriculum"),
            ("Kitchen garden", "enrichment"),
            ("Maths", "curriculum"),
            ("Week in review", "assessment"),
        ),
        (("TOK", "qt"), ("SKA", "support")),
        6,
    ),
    Group(
        "Quiet room",
        (
            ("Reading together", "intervention"),
            ("Maths in small steps", "curriculum"),
            ("Naming feelings", "intervention"),
            ("English", "curriculum"),
            ("Cooking", "enrichment"),
        ),
        (("MPR", "qt"), ("RMC", "support")),
        5,
    ),
    Group(
        "Studio",
        (
            ("Making and mending", "vocational"),
            ("English", "curriculum"),
            ("Science", "curriculum"),
            ("Maths", "curriculum"),
            ("Animal care", "enrichment"),
            ("Talking it through", "intervention"),
        ),
        (("LAP", "qt"), ("DHO", "support")),
        4,
    ),
)

FORWARD, HOLD, BACK = "forward", "hold", "back"
STORIES = (
    Story(
        "8", 12,
        ((0, 4, "start", "Art and PE first: the two lessons that go well."),
         (2, 8, FORWARD, "Geography too: settled in art within a week."),
         (4, 12, FORWARD, "Asked for music and one more art lesson."),
         (6, 10, BACK, "Geography was too much after half term; we try again later."),
         (8, 14, FORWARD, "Geography again, with a seat by the door.")),
        "Warn before changes", 3.9, "JBR",
    ),
    Story(
        "9", 12,
        ((0, 6, "start", "Starts from computing, music and PE."),
         (3, 14, FORWARD, "Science, with Mrs Pritchard alongside for the first two lessons."),
         (6, 24, FORWARD, "Steady in all of them for three weeks."),
         (9, 34, FORWARD, "English and maths with the form again."),
         (14, 46, FORWARD, "All but two mornings: the last step before a full return.")),
        "Short tasks, one at a time", 4.2, "TOK",
    ),
    Story(
        "7", 11,
        ((0, 2, "start", "One lesson a week to begin with: art."),
         (4, 5, FORWARD, "PE, with a friend from form to walk over with."),
         (7, 5, HOLD, "Mornings are hard just now. Nothing changes until they are easier.")),
        "Offer the quiet corner", 2.7, "RMC", 1, "often away",
    ),
    Story(
        "10", 10,
        ((0, 10, "start", "Keeps the subjects that were chosen for GCSE."),
         (4, 16, FORWARD, "History as well: the pupil's own idea."),
         (8, 20, FORWARD, "Two more English lessons."),
         (12, 34, FORWARD, "Science with set 2 from December.")),
        "Say well done quietly", 4.0, "LAP", 2,
    ),
    Story(
        "11", 12,
        ((0, 20, "start", "College on Thursdays; exam subjects in school."),
         (5, 24, FORWARD, "Maths back with set 3."),
         (13, 34, FORWARD, "English and science lessons before the mock examinations.")),
        "Meet at the door", 3.4, "JBR", 2, "offsite",
    ),
    Story(
        "8", 9,
        ((0, 4, "start", "French and music, where there are friends."),
         (3, 9, FORWARD, "Settled quickly; two science lessons added."),
         (6, 9, HOLD, "A new baby at home: we keep it as it is.")),
        "Give time before answering", 3.2, "RMC", 1,
    ),
    Story(
        "9", 8,
        ((0, 6, "start", "Art, music and computing."),
         (2, 12, FORWARD, "Geography and history: two teachers who are trusted."),
         (5, 18, FORWARD, "English, twice a week to start with."),
         (11, 32, FORWARD, "Maths as well: asked for it in review.")),
        "A seat near the door", 3.8, "TOK",
    ),
    Story(
        "7", 7,
        ((0, 3, "start", "Computing and one art lesson."), (3, 7, FORWARD, "PE and music with the form.")),
        "Start with something familiar", 3.0, "SKA", 1,
    ),
    Story(
        "10", 7,
        ((0, 8, "start", "Computing, art and PE."),
         (3, 12, FORWARD, "English, with Ms Aspinall alongside."),
         (5, 8, BACK, "English was a step too soon. Back to what worked, and we talk again in January.")),
        "Choice of seat", 2.9, "LAP", 2,
    ),
    Story(
        "8", 6,
        ((0, 4, "start", "Music and PE."), (3, 8, FORWARD, "Two geography lessons.")),
        "Instructions in two short parts", 3.5, "SKA", 0, "supported",
    ),
    Story(
        "9", 5,
        ((0, 0, "start", "Mornings with us first, building up after a long absence."),
         (3, 4, FORWARD, "Art, with the door open.")),
        "No surprises at the start", 2.4, "RMC", 1, "reduced",
    ),
    Story(
        "7", 4, ((0, 5, "start", "Art, PE and one computing lesson."),),
        "Walk over with an adult", 3.6, "JBR",
    ),
    Story(
        "11", 3, ((0, 14, "start", "The exam subjects that are close to a pass."),),
        "Notes written down", 3.3, "TOK", 2,
    ),
    Story(
        "8", 2, ((0, 4, "start", "Art and music, to keep what goes well."),),
        "Drawing helps with listening", 3.1, "RMC", 1,
    ),
    *(
        Story(year, -soon, ((0, 4, "start", "Starts from the lessons that go well."),), helps, 3, adult, group)
        for year, soon, helps, adult, group in (
            ("8", 1, "A calm start", "JBR", 0),
            ("9", 2, "Clear endings", "SKA", 2),
        )
    ),
)  # fmt: skip

SECONDARY = Plan(
    urn="900001",
    name="Harrowgate Hill Academy",
    trust="Three Rivers Learning Trust",
    phase="secondary",
    cycle_weeks=2,
    provision="The Orchard",
    model="reintegration",
    years={year: (f"{year}R", f"{year}S") for year in ("7", "8", "9", "10", "11")},
    form_size=18,
    pattern=PATTERN,
    team=TEAM,
    groups=GROUPS,
    stories=STORIES,
    seed=8,
    referrals=REFERRED,
    names_of_years={year: f"Year {year}" for year in ("7", "8", "9", "10", "11")},
)
