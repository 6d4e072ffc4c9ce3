from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iap.nightly import folder
from iap.nightly.wonde import run
from iap.schools.models import School


class Command(BaseCommand):
    help = "Takes up what lies in the watched folders and asks Wonde; for cron, where no beat runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", metavar="URN", help="this school alone")

    def handle(self, *args: Any, **options: Any) -> None:
        schools = School.objects.order_by("pk")
        for school in schools.filter(urn=options["school"]) if options["school"] else schools:
            for job in (folder.take(school), run.ask(school)):
                if job is not None:
                    self.stdout.write(
                        f"{school}: {len(job.files)} files from {job.source} are being brought in."
                    )
