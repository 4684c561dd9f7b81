"""Start the dashboards: `make dashboard` on this computer, its own data, one command.

Superset's state stands in target/dashboard: a random secret and password, and its metadata unless
DASHBOARD_METADATA_URI names another database. Each start imports dashboards/superset anew, so the
dashboards are those of the repository; what users saved under other names stays.
"""

import argparse
import os
import secrets
import socket
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ADDRESS = "127.0.0.1"
USER = "admin"


def secret(file: Path) -> str:
    """The text of a file that only its owner can read; made at random if it is missing."""
    if not file.exists():
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(24))
    return file.read_text()


def is_free(port: int) -> bool:
    """Can a server listen on the port?"""
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def set_up(password: str, published: Path) -> list[str]:
    """Bring metadata up to date, create the user and import the dashboards; what was left out."""
    from flask_migrate import upgrade
    from import_assets import import_assets
    from superset import appbuilder, db, security_manager
    from superset.app import create_app

    app = create_app()
    app.app_context().push()
    upgrade(directory=str(Path(app.root_path) / "migrations"))
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    user = security_manager.find_user(USER)
    if user is None:
        user = security_manager.add_user(
            username=USER,
            first_name="Dashboard",
            last_name="owner",
            email="admin@localhost",
            role=security_manager.find_role("Admin"),
            password=password,
        )
    else:
        security_manager.reset_password(user.id, password)
    left_out = import_assets(user, published)
    db.session.commit()
    return left_out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("published", type=Path, help="the database that scripts/publish.py made")
    parser.add_argument("--state", type=Path, default=Path("target/dashboard"))
    parser.add_argument("--port", type=int, default=8088)
    arguments = parser.parse_args()
    if not arguments.published.exists():
        sys.exit(f"{arguments.published} does not exist: `make publish` makes it.")

    if not is_free(arguments.port):
        sys.exit(
            f"Port {arguments.port} of {ADDRESS} is taken, perhaps by dashboards that are open."
            f" Another one: `make dashboard DASHBOARD_PORT={arguments.port + 1}`."
        )

    arguments.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret(arguments.state / "secret_key")
    password = secret(arguments.state / "password")
    os.environ["DASHBOARD_STATE"] = str(arguments.state)
    os.environ["SUPERSET_CONFIG_PATH"] = str(Path(__file__).parent / "superset_config.py")

    # Superset and its migrations say a lot that nobody waits for.
    log = arguments.state / "set_up.log"
    with log.open("w") as file, redirect_stdout(file), redirect_stderr(file):
        left_out = set_up(password, arguments.published)
    for line in left_out:
        print(line)

    address = f"{ADDRESS}:{arguments.port}"
    print(f"Dashboards: http://{address}/dashboard/list/")
    print(f"Login: {USER}, password: {password} (in {arguments.state / 'password'})", flush=True)
    # One process, since each reads the file on its own; its threads answer the charts of a page.
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    options = ["--workers=1", "--threads=8", "--timeout=120", "--log-level=warning"]
    os.execv(gunicorn, [gunicorn, f"--bind={address}", *options, "superset.app:create_app()"])


if __name__ == "__main__":
    main()
