import json
from typing import Any

from django.core.management.base import BaseCommand

from iap.local.bench.figures import measure


class Command(BaseCommand):
    help = "Prints the figures that the product promises as JSON, measured on a copy of the demo's database."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(measure(), indent=1))
