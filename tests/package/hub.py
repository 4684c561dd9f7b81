"""A package hub on this machine, so that `dbt deps` works where the real one can't be reached."""

import json
import tarfile
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Requests are nothing to report."""


@contextmanager
def hub_of(release, source, folder):
    """The URL of a hub that offers one release of one package.

    Arguments: release, an entry of package-lock.yml; source, the folder of the package; folder, an
    empty one for what the hub serves.
    """
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: Handler(*args, directory=str(folder))
    )
    url = f"http://127.0.0.1:{server.server_port}/"
    with tarfile.open(folder / "release.tar.gz", "w:gz") as tar:
        tar.add(source, arcname="release")
    version = {
        "name": release["name"],
        "packages": [],
        "downloads": {"tarball": f"{url}release.tar.gz"},
    }
    page = {"name": release["name"], "versions": {release["version"]: version}}
    write(folder / "api/v1/index.json", [release["package"]])
    write(folder / f"api/v1/{release['package']}.json", page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield url
    finally:
        server.shutdown()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
