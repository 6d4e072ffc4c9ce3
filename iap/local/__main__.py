"""The command line of one machine: demo, test, reset, bench, and the servers alone."""

import argparse
import signal
import sys
from collections.abc import Sequence

from . import demo, servers, testing
from .places import PROFILES
from .processes import LocalServerError
from .steps import complain


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m iap.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("demo", help="two invented schools, until Ctrl-C")
    command.add_argument("--port", type=int, default=8000)
    commands.add_parser("reset", help="throw the demo's data away")
    commands.add_parser(
        "test", help="everything that continuous integration runs; with arguments, only pytest"
    )
    commands.add_parser("bench", help="the figures as JSON")
    for name, words_of_help in (
        ("start", "start the servers, and leave them running"),
        ("stop", "stop them"),
    ):
        command = commands.add_parser(name, help=words_of_help)
        command.add_argument("profile", nargs="?", choices=PROFILES, default="demo")
    given, more = parser.parse_known_args(words)
    given.pytest = more
    if more and given.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    return given


def main() -> int:
    # Being asked to end is the same as Ctrl-C, also where a shell put us in the background and ignores it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    given = arguments()
    try:
        match given.command:
            case "demo":
                return demo.run(given.port)
            case "reset":
                return demo.reset()
            case "test":
                return testing.run(given.pytest)
            case "bench":
                return demo.bench()
            case "start":
                servers.start(given.profile)
            case "stop":
                servers.stop(given.profile)
    except LocalServerError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped before the end.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
