from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """The two trusted extensions that constraints and the name search need."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [("schools", "0001_initial")]
    operations = [BtreeGistExtension(), TrigramExtension()]
