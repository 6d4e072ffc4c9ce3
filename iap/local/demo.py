"""The whole product on one machine with two invented schools, until Ctrl-C."""

import signal
import socket
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack

from rich.panel import Panel
from rich.text import Text

from . import places, servers, static
from .children import Children
from .places import PROJECT
from .processes import LocalServerError, tail
from .servers import Addresses
from .steps import call, console, log_of, shown, step

MANAGE = (sys.executable, "manage.py")
ANSWER_WITHIN = 60  # seconds


def environment(addresses: Addresses) -> dict[str, str]:
    """What the settings read, for a process of the demo."""
    return {
        "IAP_PROFILE": "demo",
        "DATABASE_URL": addresses.database_url,
        "DATABASE_OWNER_URL": addresses.owner_url,
        "REDIS_URL": addresses.redis_url,
        "SECRET_KEY": addresses.secret_key,
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
    }


def run(port: int) -> int:
    """Serve until Ctrl-C or SIGTERM, then end every process that was started."""
    _claim(port)
    try:
        with ExitStack() as everything:
            with step("PostgreSQL and Redis"):
                env = environment(everything.enter_context(servers.serving("demo")))
            _prepare(env)
            children = everything.enter_context(Children(env))
            everything.callback(_only_once)
            _serve(port, env, children)
    except KeyboardInterrupt:
        console.print("Ended. What was entered is kept; make reset throws it away.")
    return 0


def _serve(port: int, env: dict[str, str], children: Children) -> None:
    address = f"http://127.0.0.1:{port}"
    with step("The site answers"):
        _start(children, port)
        sign_ins = call("sign-ins", (*MANAGE, "demo_school", "--sign-ins"), env=env)
        _wait_for(address, children)
    console.print(Panel(Text(f"{address}\n\n{sign_ins.strip()}"), title="Ready", expand=False))
    console.print("Ctrl-C ends it.")
    while True:
        children.wait(0.5)


def reset() -> int:
    with step("Stop the demo's servers and remove its data"):
        servers.remove("demo")
    return 0


def bench() -> int:
    """Run the benchmark with the demo's schools; its JSON is all that goes to standard output."""
    console.stderr = True
    with servers.serving("demo") as addresses:
        env = environment(addresses)
        _prepare(env)
        with step("Benchmark"):
            figures = call("bench", (*MANAGE, "bench"), env=env)
    sys.stdout.write(figures)
    return 0


def _prepare(env: dict[str, str]) -> None:
    with step("Tables"):
        call("migrate", (*MANAGE, "make_tables"), env={**env, "DATABASE_ROLE": "owner"})
    if static.changed():
        with step("Style sheets, scripts and icons"):
            call("collectstatic", (*MANAGE, "collectstatic", "--no-input", "--clear"), env=env)
            static.remember()
    loaded = places.home("demo").folder / "schools.loaded"  # beside the data, so that it goes with them
    if not loaded.exists():
        with step("Two invented schools"):
            call("demo_school", (*MANAGE, "demo_school"), env=env)
            loaded.touch()


def _start(children: Children, port: int) -> None:
    python, celery = sys.executable, ("-m", "celery", "-A", "iap")
    beat_file = PROJECT / "var" / "beat-schedule"
    children.start(
        "web",
        *(python, "-m", "gunicorn", "iap.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--access-logfile", "-"),
        *("--logger-class", "iap.access_log.AccessLog"),
    )
    children.start("worker", python, *celery, "worker", "--loglevel", "INFO", "--concurrency", "2")
    children.start("beat", python, *celery, "beat", "--schedule", beat_file, "--pidfile", "")


def _wait_for(address: str, children: Children) -> None:
    """Return when the site answers; an answer of 500 or more is a failure, with the log's last lines."""
    for _ in range(ANSWER_WITHIN * 5):
        children.wait(0.2)
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  our own address
            return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
            log = log_of("web")
            raise LocalServerError(
                f"The site answers {error.code}. {shown(log)} ends with:\n{tail(log, 25)}"
            ) from error
        except OSError:
            continue
    raise LocalServerError(f"The site did not answer within {ANSWER_WITHIN} s. See {shown(log_of('web'))}.")


def _claim(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LocalServerError(
                f"Port {port} is in use. Choose another: make demo PORT={port + 1}"
            ) from error


def _only_once() -> None:
    """While everything ends, a second Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
