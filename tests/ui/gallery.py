"""A page with every part, for tests and pictures. Its data is made up, its markup the real tags'."""

import datetime as dt
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines

from iap.ui import words
from iap.ui.charts import step_chart

TEMPLATE = Path(__file__).parent / "templates" / "every_part.html"


class Form(forms.Form):
    lessons = forms.IntegerField(
        label="Lessons missed in the last 2 weeks",
        help_text="From the class registers",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter a number of lessons, such as 7"},
    )
    place = forms.ChoiceField(
        label="Place",
        choices=[("a", "Room 1"), ("b", "Room 2")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a room"},
    )
    starts = forms.CharField(label="First day")
    agreed = forms.BooleanField(label="The family agrees", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Choose a day after today.")


def _cell(title: str, kind: str = "mainstream", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "title": title, "detail": "Ms Kaur · A2", **more}


def _grid() -> dict[str, Any]:
    rows = [
        [_cell("Maths", "session", strand="curriculum"), _cell("Art", marks=["well", "mixed", "hard"]), None],
        [
            _cell("Talk", "session", strand="intervention", now=True),
            _cell("English", planned=True, flag="From 9 March"),
        ],
        [_cell("Lunch", "social", thin=True), _cell("Farm", "offsite"), _cell("Home", "reduced", idea=True)],
    ]
    days = ["mon", "tue", "wed", "thu", "fri"]
    return {
        "days": [{"key": day, "label": day.title(), "today": day == "tue"} for day in days],
        "rows": [
            {"label": f"P{number}", "time": "9:00", "thin": False, "cells": (row + [None] * 5)[:5]}
            for number, row in enumerate(rows, start=1)
        ],
        "day": "tue",
    }


def context(request: HttpRequest) -> dict[str, Any]:
    day = dt.date
    points = [
        (day(2026, 1, 5), 10.0),
        (day(2026, 2, 2), 30.0),
        (day(2026, 3, 2), 24.0),
        (day(2026, 3, 16), 43.0),
    ]
    kinds = ["start", "forward", "back", "forward"]
    return {
        "form": Form({"lessons": "x"}),
        "weeks": [("Week A", "?a", False), ("Week B", "?b", True)],
        "places": words.PLACES,
        "strands": words.STRANDS,
        "steps": words.STEPS,
        "faces": range(1, 6),
        "outcomes": ["well", "well", "mixed", "hard", "absent"],
        "spark": [93, 92, 90, 84, 76, 66],
        "session": {
            "title": "Feelings and friendships", "strand": "intervention", "when": "Now", "room": "Room 2",
            "taken": 6, "places": 8, "people": [("qt", "Ms Patel"), ("support", "Mr Hale")],
            "ratio": "1 adult to 3 pupils",
        },
        "next": {
            "title": "Bike workshop", "strand": "vocational", "when": "Next, 11:50", "taken": 9, "places": 8,
            "people": [("none", "")], "notice": "No teacher yet",
        },
        "coming": words.place("mainstream"),
        "grid": _grid(),
        "facts": [("Year", "8"), ("Key adult", "Ms Patel", "since January"), ("Model", "Hybrid")],
        "page": Paginator(range(200), 20).page(4),
        "chart": step_chart(
            "From 10% to 43% of the week in mainstream",
            "Rose in three steps, with one step back in March.",
            points,
            [(when, value, kind) for (when, value), kind in zip(points, kinds, strict=True)],
            end=day(2026, 4, 20),
        ),
    }  # fmt: skip


def view(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(TEMPLATE.read_text())
    return HttpResponse(template.render(context(request), request))
