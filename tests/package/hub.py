"""A package hub on this machine, so that `dbt deps` works where the real one can't be reached."""

import json
import tarfile
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import yaml


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Requests are nothing to report."""


@contextmanager
def hub_of(packages, folder):
    """The URL of a hub with the given package folders, by their full names."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: Handler(*args, directory=str(folder))
    )
    url = f"http://127.0.0.1:{server.server_port}/"
    for full_name, source in packages.items():
        publish(full_name, source, folder, url)
    (folder / "api/v1/index.json").write_text(json.dumps(list(packages)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield url
    finally:
        server.shutdown()


def publish(full_name, source, folder, url):
    """Write the archive of a package and the page that lists its one version."""
    version = version_of(source)
    archive = folder / f"{source.name}-{version}.tar.gz"
    page = folder / "api/v1" / f"{full_name}.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(source, arcname=archive.name.removesuffix(".tar.gz"))
    release = {
        "name": source.name,
        "packages": [],
        "downloads": {"tarball": url + archive.name},
    }
    page.write_text(json.dumps({"name": source.name, "versions": {version: release}}))


def version_of(package):
    return yaml.safe_load((package / "dbt_project.yml").read_text())["version"]
