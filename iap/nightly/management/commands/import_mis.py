import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from iap.errors import Refused
from iap.imports.intake import Choices
from iap.imports.kinds import registered
from iap.imports.reading import Unreadable
from iap.imports.report import Report
from iap.imports.run import import_folder
from iap.nightly.sending import tell_of_report

SHOWN = 20  # refused rows on the screen; --json has them all


class Command(BaseCommand):
    help = (
        "Brings a folder of exports from a school's own system into the school with this URN. Ends with 0 once the "
        "good rows are in, even if others were left out, which the school's data managers are told; with 1 where "
        "nothing could be brought in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--school", required=True, metavar="URN", help="made if it does not exist yet")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument("--strict", action="store_true", help="apply nothing if a row is refused")
        parser.add_argument(
            "--sure",
            action="store_true",
            help="bring in also what looks like another school's or another year's",
        )
        parser.add_argument("--json", action="store_true", help="the outcome per kind, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        try:
            report = self._run(folder, options)
        except (Refused, Unreadable) as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=1))
        else:
            self._tell(report, options)
        if not options["dry_run"]:
            tell_of_report(options["school"], report)
        if why := _in_vain(report, folder, options):
            raise CommandError(why)

    def _run(self, folder: Path, options: dict[str, Any]) -> Report:
        with Progress(console=Console(stderr=True), transient=True, disable=options["verbosity"] == 0) as bar:
            tasks: dict[str, Any] = {}

            def progress(kind: str, done: int) -> None:
                if kind not in tasks:
                    tasks[kind] = bar.add_task(kind, total=None)
                bar.update(tasks[kind], advance=done)

            return import_folder(
                folder,
                options["school"],
                dry_run=options["dry_run"],
                strict=options["strict"],
                choices=Choices(sure=[kind.name for kind in registered()] if options["sure"] else ()),
                progress=progress,
            )

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        rows = Table("", "created", "changed", "unchanged", "refused")
        for kind, counts in report:
            numbers = (counts.created, counts.changed, counts.unchanged, counts.left_out)
            rows.add_row(kind, *(f"{number:,}" for number in numbers))
        console = Console(file=self.stdout._out, soft_wrap=True)  # type: ignore[attr-defined,arg-type]
        console.print(rows)
        for row in [*report.refused[:SHOWN], *report.warnings[:SHOWN]]:
            where = [row.file, f"row {row.row}" if row.row else "", row.column]
            console.print(f"{', '.join(filter(None, where))}: {row.reason}", markup=False)
        if options["dry_run"]:
            console.print("This was a dry run: nothing was written.")
        elif report.applied and not report.changes and not report.left_out:
            console.print("Nothing has changed: these files are already in.")


def _in_vain(report: Report, folder: Path, options: dict[str, Any]) -> str:
    """Why nothing of the folder was or could be brought in; empty where something was."""
    if not report.kinds:
        said = f"None of the files in {folder} is of a kind we know."
        return f"{said} Bring them in on the page once, and say there what they hold."
    if report.turned_away:
        return "Nothing was applied: these files are not of this school, or not of this year."
    if report.doubts:
        return f"Nothing was applied. {report.in_doubt} If it is right, say so with --sure."
    if options["strict"] and report.left_out:
        return f"Nothing was applied: {report.left_out} rows were refused."
    if report.left_out and not any(x.created + x.changed + x.unchanged for _, x in report):
        return f"Nothing was applied: all {report.left_out} rows or files were refused."
    return ""
