"""What plans, reviews and passports of the demo say, as pupils, families and staff might."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """A target as a pupil might say it, and what was seen of it."""

    words: str
    success: str
    provision: str
    seen: tuple[str, ...]


WISHES = (
    Wish(
        "I ask for a break before it gets too much",
        "The break card is used, and the lesson gone back to, four times of five",
        "The key adult goes through the card each morning; teachers let it happen without a word.",
        (
            "Used the card in art and was back in four minutes.",
            "Told me beforehand that the card would be needed.",
        ),
    ),
    Wish(
        "I come in and get settled by myself",
        "Coat off, book open within five minutes, on four days of five",
        "Somebody greets at the door, and then leaves five minutes of quiet.",
        ("In and settled before the bell.", "Needed a walk first, then was fine."),
    ),
    Wish(
        "I write a whole paragraph without anybody next to me",
        "Two paragraphs a week that were written alone",
        "Sentence starters on the desk; ten minutes of writing each day, praised quietly.",
        ("Wrote about the garden and read it out.", "Six lines today, the most so far."),
    ),
    Wish(
        "I say what is wrong instead of going quiet",
        "Uses the feelings card or a word to an adult, each day",
        "The key adult asks twice a day, and waits.",
        ("Said that the corridor was too loud.",),
    ),
    Wish(
        "I stay for all of my science lessons",
        "Whole lessons, three weeks running",
        "Steps for the practical beforehand; the seat by the door.",
        ("Stayed to the end, twice this week.", "Left after the starter, came back for the practical."),
    ),
)
BARRIERS = (
    "Noise, and not knowing what comes next. Mornings after a bad night are hardest.",
    "Reading takes so much effort that little is left for anything else.",
    "Trust in adults has to be won again after each change.",
    "Friendships go wrong quickly at lunch, and the afternoon is lost.",
)
STRENGTHS = (
    "Art, and everything with the hands. Kind to younger pupils.",
    "Notices how others are. Never forgets a promise.",
    "Knows a great deal about animals, and likes to explain it.",
    "Good at maths when it is about real things.",
)
OWN_WORDS = (
    "I can do science if I know what is coming. Art is where I feel like me.",
    "I like it when people say good morning and then leave me alone for a bit.",
    "I am not being rude when I look away. I am listening.",
    "Tell me the plan. If the plan changes, tell me that too.",
)
HELPS = (
    "Five minutes’ warning before anything changes\nInstructions in two short parts\nA seat near the door",
    "Ask me quietly, not across the room\nTen seconds to answer\nMy break card, no questions asked",
    "Say good morning at the door\nWork that starts with something I know\nA friend I choose next to me",
)
AVOID = (
    "Being asked to read aloud without notice",
    "A change of room on the day",
    "Being talked about as if I am not there",
)
SIGNS = (
    "I go quiet and pull my sleeves down",
    "I tap, and I stop answering",
    "I ask to go to the toilet a lot",
)
SCRIPT = ("“Card or corner?” Then ten seconds.", "“I can see it is hard. I am here.” Then step back.")
PUPIL_SAYS = (
    "It is better. I know who is there in the morning. Lunch is still too loud.",
    "I like that I have some lessons back. Do not put maths and PE on the same day.",
    "I want to try French again. I did not think I would say that.",
)
FAMILY_SAYS = (
    "She talks about school again at tea. Sundays are still hard.",
    "Fewer calls home, and when there is one it is a good one.",
    "He gets up by himself. We would like to hear when something goes well.",
)
LINES = ("Joins in when it is practical.", "Quiet, but with us.", "Good start, then tired.", "")
