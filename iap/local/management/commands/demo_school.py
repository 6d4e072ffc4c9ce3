from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.progress import Progress, TaskID

from iap.local.demo_school import accounts, load
from iap.local.demo_school.schools import PLANS
from iap.schools.models import School


class Command(BaseCommand):
    help = "Makes the two invented schools around today's date, where they are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="only say who can sign in, and how")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self.stdout.write(accounts.sign_ins())
            return
        with Progress() as progress:
            for plan in PLANS:
                if School.objects.filter(urn=plan.urn).exists():
                    self.stdout.write(f"{plan.name} is there already.")
                    continue
                task = progress.add_task(plan.name, total=None)

                def show(_: str, done: int, of: int, task: TaskID = task) -> None:
                    progress.update(task, completed=done, total=of)

                load.load(plan, timezone.localdate(), show)
