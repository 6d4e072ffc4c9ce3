"""One chart of each kind, for tests and pictures. Their data is made up."""

import datetime as dt
import re

from iap.ui.charts import Bars, Flow, Intervals, Lines, Multiples, Pairs, Parts, Scores, Survival

SESSIONS = zip(map(str, range(3, 12)), (2, 5, 8, 13, 15, 10, 3, 3, 1), strict=True)
START, UNTIL = dt.date(2026, 1, 5), dt.date(2026, 3, 30)

KINDS = (
    Bars(
        title="56 of 60 sessions had fewer than 10 pupils",
        desc="Sessions by the number of pupils planned: most had 6 to 8.",
        category="Pupils in the room",
        measure="Sessions",
        rows=tuple(SESSIONS),
        outside=("10", "11"),
        guide="fewer than 10 pupils",
    ),
    Intervals(
        title="Of 120 check-ins, 25% were stuck or shaky",
        desc="The part of check-ins that were stuck or shaky on each weekday, with what it is likely to lie between.",
        category="Weekday",
        measure="Stuck or shaky",
        usual=25,
        rows=(
            ("Monday", 40.0, 24.0, 58.0, "12 of 30"),
            ("Tuesday", 10.0, 3.5, 25.6, "3 of 30"),
            ("Friday", None, None, None, "1 of 4"),
        ),
    ),
    Parts(
        title="How visits went in each subject",
        desc="Parts of rated visits: in mathematics 12 of 22 went well.",
        category="Subject",
        across=True,
        rows=(("Mathematics", (12, 5, 3, 2)), ("Design", (5, 0, 5, 1)), ("Art", None, "fewer than 5 pupils")),
        series=(
            ("Went well", "iap-f"),
            ("Mixed", "sand-t"),
            ("Found it hard", "plum-t"),
            ("Not there", "main-a"),
        ),
    ),
    Pairs(
        title="Fewer suspensions after the start than before",
        desc="Suspensions fell from 31 to 6, school days lost from 46 to 9.",
        category="What",
        rows=(("Suspensions", (31, 6)), ("School days lost", (46, 9))),
        series=(("Before", "sand-t"), ("After", "iap-f")),
    ),
    Flow(
        title="Five pupils wait, as in December",
        desc="Between three and five pupils joined in each month.",
        rows=(("Oct", 4, 2, 1, 4), ("Nov", 5, 2, 1, 6), ("Dec", 3, 3, 1, 5)),
    ),
    Lines(
        title="The share of the week rose from a third to a half",
        desc="33% in the first half term, 52% in the last; one is not known.",
        category="Half term",
        labels=("Autumn 1", "Autumn 2", "Spring 1", "Spring 2"),
        series=(("In mainstream", "main-l", (33, 40, None, 52)),),
        low=(25, 30, None, 44),
        high=(41, 50, None, 61),
    ),
    Survival(
        title="Half of pupils had their first lesson back by week 3",
        desc="Of 24 pupils, 80% had it by week 12.",
        points=((0, 0, 0, 0), (1, 12, 4, 30), (3, 52, 34, 73), (12, 80, 62, 93)),
        at_risk=((0, 24), (4, 10), (8, 7), (12, 3), (16, 1)),
        until=16,
    ),
    Scores(
        title="Teacher: from 21 to 14, 7 lower",
        desc="Three scores between September and March; the last lies close to average.",
        points=(("2026-01-05", 21, "21", "Much raised"), ("2026-03-30", 14, "14", "A little raised")),
        low=0,
        high=40,
        first="2026-01-05",
        last="2026-03-30",
        zones=((0, "Close to average"), (12, "A little raised"), (16, "Raised"), (19, "Much raised")),
    ),
    Multiples(
        title="Every pupil’s way back, in order of start",
        desc="Two pupils; one stepped back in February, which is part of the plan.",
        first=START,
        until=UNTIL,
        ways=(
            (
                "Kai M.",
                "/pupils/",
                "Step back, 23 Feb",
                ((START, 10), (dt.date(2026, 2, 2), 30), (dt.date(2026, 2, 23), 20)),
                ((dt.date(2026, 2, 2), "forward"), (dt.date(2026, 2, 23), "back")),
            ),
            ("Leo G.", "", "Joined 2 February", ((dt.date(2026, 2, 2), None), (dt.date(2026, 3, 2), 13))),
        ),
    ),
)


def bare(html: str) -> str:
    """What is drawn, without the names that its parts get anew each time it is shown."""
    return re.sub(r"\bc[0-9a-f]{10}\b", "", html)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]*)"', html)
