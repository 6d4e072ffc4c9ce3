"""The pupils who are referred in the demo's secondary school, and how far each referral has come."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["draft", "new", "talk", "gathering", "panel", "deferred", "waiting", "offered", "declined"]


@dataclass(frozen=True)
class Referred:
    """One referral in words. `days_ago` counts school days since it was sent, or begun where it is a draft."""

    year: str
    stage: Stage
    days_ago: int
    happening: str
    goes_well: str
    pupil_words: str
    family_views: str
    outcomes: str
    reasons: tuple[str, ...]
    tried: tuple[tuple[str, int, str, str], ...]  # what, weeks, effect, in which words
    hardest: tuple[str, ...] = ()
    interests: str = ""
    needs: str = ""
    risk: str = "none"
    agrees: str = "yes"
    fit: str = "unknown"
    interim: tuple[str, str] | None = None
    rationale: str = ""
    written_by_teacher: bool = False  # the teacher who signs in, otherwise the SENCO


REFERRED = (
    Referred(
        "8", "new", 1,
        "Leaves within ten minutes of the start, mostly after lunch. Says the room is too loud to think.",
        "Textiles and helping in the library. Trusts Mrs Fairbank.",
        "I can do it when it is quiet.",
        "Mornings at home have become hard. Glad that somebody asks.",
        "A calm start to each day, and art and textiles kept.",
        ("absence", "wellbeing"),
        (("A seat by the door", 6, "some", "Stays about five minutes longer"),
         ("A pass to the library", 4, "some", "Used most days")),
        ("lessons", "moving"), "Drawing, animals", "Finds noise hard; reading age is two years behind.",
        written_by_teacher=True,
    ),
    Referred(
        "10", "new", 3,
        "Two suspensions since September, both after being asked to hand over a phone.",
        "Food and PE. Good with younger pupils.",
        "Teachers don’t listen before they shout.",
        "Worried about Year 11. Would like one person to ring.",
        "To stay in school and keep three options.",
        ("exclusion",),
        (("Report to head of year", 8, "none", "Signed, but nothing changed"),
         ("Mentor once a week", 5, "some", "Comes to every meeting"),
         ("Changed sets in English", 3, "none", "Same worries in the new set")),
        ("social", "lessons"), "Football, cooking for the family", risk="high",
    ),
    Referred(
        "9", "talk", 2,
        "Has disrupted four lessons this week. Needs to be out of circulation for a while.",
        "Practical subjects.", "Not asked yet.", "", "That lessons can go on.",
        ("exclusion",), (("Detention", 2, "none", "No change"),), ("lessons",), risk="rising", agrees="not-yet",
        written_by_teacher=True,
    ),
    Referred(
        "7", "gathering", 7,
        "Has not settled since joining in September. Waits outside rooms until the corridor is empty.",
        "Computing; sits with one friend from primary school.",
        "I don’t know where to go at break.",
        "Would like a phone call each Friday.", "To know one safe place and one adult.",
        ("transition",), (("A buddy at break", 4, "some", "Works when the buddy is in"),), ("social", "moving"),
        "Building things", agrees="not-yet",
        rationale="The panel would like to know how speech and language is seen before it decides.",
    ),
    Referred(
        "8", "deferred", 12,
        "A long illness in the family. Comes in, but cannot begin work.",
        "Art with Ms Hargreaves.", "Not now, maybe after the holidays.",
        "Asks to wait until January.", "That school stays a safe place meanwhile.",
        ("wellbeing",), (("A quiet lunch", 3, "helped", "Comes every day"),), ("first",), "Painting",
        rationale="The family asks to wait until January; the quiet lunch helps and goes on.",
    ),
    Referred(
        "8", "panel", 8,
        "Works well alone, and walks out as soon as work is read aloud.",
        "Maths with headphones; chess club.", "Reading out loud makes me feel sick.",
        "The same at home since Year 4.", "To be able to stay in English.",
        ("learning", "wellbeing"),
        (("Reading in pairs", 6, "some", "Three lessons out of five"),
         ("Work sent ahead", 4, "helped", "Asks for it now"),
         ("Speech and language screen", 1, "none", "Waiting for a full assessment")),
        ("lessons",), "Chess, puzzles", "Understanding long instructions.", fit="good",
    ),
    Referred(
        "10", "panel", 14,
        "Attendance has fallen every week since half term. In school, mostly in the corridor.",
        "Food technology, and talks with Mr Siddiq.", "There is no point if I am behind anyway.",
        "We get to the gate most days.", "Four lessons a week, then more.",
        ("absence", "exclusion"),
        (("Calls home before eight", 5, "some", "One more day a week for a while"),
         ("A later start", 3, "none", "Came in later still")),
        ("first", "moving"), "Cooking, cars", risk="rising", fit="careful",
    ),
    Referred(
        "7", "panel", 17,
        "A move in the spring, and two homes since. Finds changes of room hard.",
        "PE and a drama club.", "I like it when I know what comes next.",
        "Glad to be asked. Grandmother comes to meetings.", "One room, one plan, one adult.",
        ("transition", "wellbeing"), (("A written plan for each day", 7, "some", "Good until something changes"),),
        ("moving", "end"), "Dance",
    ),
    Referred(
        "9", "waiting", 30,
        "Misses three days out of five. Goes home at break when a friend is away.",
        "Art, music, and younger cousins.", "I would come for art.",
        "We have tried everything that we can think of.", "To be in for art and music every week.",
        ("absence",),
        (("Attendance plan with targets", 12, "none", "Fell by a fifth"),
         ("Home visit each week", 6, "some", "Two more mornings"),
         ("A smaller tutor group", 8, "none", "Did not go")),
        ("first",), "Singing", fit="good", interim=("Art on two mornings with Ms Hargreaves", "Ms Hargreaves"),
        rationale="Severe absence after good support. Art and music go well and can be kept.",
    ),
    Referred(
        "8", "waiting", 26,
        "Three suspensions. Runs when asked to speak in front of others.",
        "Design technology; feeds the school’s chickens.", "People look at me.",
        "The suspensions frighten us.", "No more days at home, and work that is finished.",
        ("exclusion",),
        (("Time-out card", 8, "some", "Used well in three subjects"),
         ("Regular check-in with a mentor", 6, "none", "Mentor changed twice")),
        ("lessons", "social"), "Animals", risk="high", fit="careful",
        interim=("Check-in every morning before form", "Mr Brannigan"),
        rationale="The risk is high and what was tried has helped a little where it was steady.",
    ),
    Referred(
        "9", "waiting", 22,
        "Bereaved in the summer. Mornings are the hardest part of the day.",
        "English with Ms Aspinall, and walking the dog.", "It is better when nobody asks why.",
        "She sleeps little. We would like a later, quiet start.", "Two calm mornings a week, then more.",
        ("wellbeing", "absence"), (("Counselling in school", 6, "helped", "Goes every week"),), ("first",),
        "Poetry, dogs", fit="good", interim=("A quiet start in the library", "Mrs Fairbank"),
        rationale="Support helps and needs a place around it.",
    ),
    Referred(
        "11", "waiting", 18,
        "Has stopped writing in exam subjects since the mock papers.",
        "Maths, one to one. Tutors younger pupils.", "If I don’t write it can’t be wrong.",
        "Puts a lot of pressure on himself.", "To sit five subjects.",
        ("learning", "wellbeing"), (("Extra time", 6, "none", "Hands in blank pages"),), ("lessons",), "Numbers",
        rationale="Exams are near; a small group for writing is what helps.",
    ),
    Referred(
        "7", "waiting", 15,
        "Speech and language needs that were not seen before; misses most instructions.",
        "Science practicals. Likes to help clear up.", "Everybody talks so fast.",
        "We have asked for an assessment.", "To follow a lesson with pictures and short steps.",
        ("learning",), (("Pictures with each instruction", 5, "helped", "In science and art"),
                        ("A teaching assistant in English", 4, "some", "Starts work sooner")),
        ("lessons",), "Experiments", "Understanding of spoken language.", fit="good",
        rationale="Needs small-group language work first; science stays.",
    ),
    Referred(
        "10", "offered", 28,
        "Pressure about exams and little sleep. In school, but rarely in lessons.",
        "Geography and the garden.", "I could do mornings if I may sit at the side.",
        "Agrees, and asks for work to take home.", "Three mornings a week and geography kept.",
        ("absence", "wellbeing"),
        (("A pass to leave early", 6, "some", "Uses it less now"),
         ("A shorter day agreed for two weeks", 2, "none", "")),
        ("first",), "Gardening", fit="good", interim=("Lunch in the garden club", "Miss Kalsi"),
        rationale="Has asked for it. Geography stays; the garden group has room.",
    ),
    Referred(
        "9", "declined", 34,
        "Talks through lessons in two subjects.",
        "All other subjects.", "I get bored.", "Surprised to hear it.", "That two lessons go better.",
        ("other",), (("A seating plan", 2, "some", "Better in one of them"),), ("lessons",), "Cycling",
        rationale="Ten lessons in twelve go well. A place would take more away than it gives.",
    ),
    Referred(
        "8", "draft", 0,
        "Finds the afternoons hard; leaves before the end.",
        "", "", "", "", ("wellbeing",), (), ("end",), written_by_teacher=True,
    ),
)  # fmt: skip
