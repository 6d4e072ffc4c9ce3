"""What the pages are called whose opening is logged, for whoever asks who looked."""

PAGES = {
    "today": "Today",
    "check-ins": "Check-ins of a day",
    "my-lessons": "My lessons",
    "my-lessons-coming": "Pupils who come to a teacher’s lessons later",
    "returns": "The pupil’s lessons, and what is agreed in each",
    "return": "Agreeing what a class does for the pupil",
    "capacity": "Capacity, with pupils who wait",
    "pupil": "The pupil’s page",
    "pupil-check-ins": "The pupil’s check-ins and notes",
    "pupil-note": "Writing a note about the pupil",
    "pupil-list": "The list of pupils",
    "pupil-search": "A search for pupils",
    "placement": "The pupil’s place",
    "placements": "The list of places",
    "session": "A session and its pupils",
    "week-for-home": "The week as a paper for home",
    "whole-provision": "The whole provision",
    "risks": "The pupil’s risk assessment",
    "voice": "Handing the tablet to the pupil",
    "off-site": "Off-site education and its checks",
    "step": "The pupil’s hybrid timetable",
    "half-days": "The pupil’s half-days",
    "next-year": "The pupil’s plan for next year",
    "rollover": "Timetables that need a look",
    "reads": "Who looked",
    "referrals": "The queue of referrals",
    "referrals-ended": "Referrals that have ended",
    "referral": "A referral of the pupil",
    "referral-find": "Finding a pupil to refer",
    "referral-draft": "Writing a referral of the pupil",
    "referral-mine": "A referral of the pupil, by who wrote it",
    "referral-asked": "A question about the pupil to a teacher",
    "referral-file": "A file of a referral",
    "my-referrals": "Referrals somebody has written",
    "export": "An export of the school’s data",
    "subject-access": "All that is kept about the pupil, taken out",
    "keep-apart": "Pupils who are kept apart",
    "panel": "A panel and its agenda",
    "panel-pack": "A pack for a panel",
}


def words_for(page: str) -> str:
    """The page in words; one that has none is shown by its key, so that no read is ever hidden."""
    return PAGES.get(page) or page.replace("-", " ").replace("_", " ").capitalize()
