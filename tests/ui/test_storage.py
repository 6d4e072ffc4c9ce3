"""Static files as they leave for a deployment."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture
def collected(tmp_path, settings):
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "iap.ui.storage.NamedByContent"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield tmp_path, staticfiles_storage


def test_every_file_a_page_asks_for_is_named_by_its_content(collected):
    folder, storage = collected
    entry = (folder / storage.stored_name("js/iap.js")).read_text()
    imported = re.findall(r'from "\./([^"]+)"', entry)
    assert imported
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name) for name in imported)
    sheet = (folder / storage.stored_name("css/iap.css")).read_text()
    assert re.search(
        r'@import url\("\.\./bootstrap/bootstrap\.min\.[0-9a-f]{12}\.css"\) layer\(bootstrap\);', sheet
    )


def test_only_the_style_sheet_of_bootstrap_is_taken(collected):
    folder, _ = collected
    assert not list((folder / "bootstrap").glob("*.js"))
