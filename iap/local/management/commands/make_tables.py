from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from iap.local import new_database


class Command(BaseCommand):
    help = "Makes a new database's tables at once, and migrates one that holds anything. Run it as the owner."

    def handle(self, *args: Any, **options: Any) -> None:
        if new_database.is_new():
            new_database.build()
        else:
            call_command("migrate", interactive=False)
