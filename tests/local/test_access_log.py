"""What the web server's log keeps of an address that opens something by itself."""

import pytest

from iap.access_log import masked


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /calendar/0b7c/s3cr3t.ics HTTP/1.1", "GET /calendar/0b7c/… HTTP/1.1"),
        ("/account/password/reset/key/5-s3cr3t/", "/account/password/reset/key/…"),
        ("GET /pupils/0b7c/ HTTP/1.1", "GET /pupils/0b7c/ HTTP/1.1"),
        ("GET /calendar/ HTTP/1.1", "GET /calendar/ HTTP/1.1"),
    ],
)
def test_a_secret_in_an_address_is_not_logged(line: str, kept: str) -> None:
    assert masked(line) == kept
