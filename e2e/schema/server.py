"""The server under test: the real binary on free ports of this machine and a folder of its own."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

START_SECONDS = 30
STOP_SECONDS = 12
PASSWORD = "correct horse battery"
PEOPLE = 6
ROOMS = 4
MESSAGES = 2


class CannotRun(Exception):
    """The check could not be made; says nothing about the server's answers."""


class Server:
    """Use it in a `with` statement; it is ready inside and gone afterwards."""

    def __init__(self, binary: Path) -> None:
        if not binary.exists():
            raise CannotRun(f'no server at {binary}: build it with "cargo build", or name it in BANTER_BIN')
        self._binary = binary.resolve()

    def __enter__(self) -> "Server":
        self._folder = Path(tempfile.mkdtemp(prefix="banter-schema-"))
        port, ws_port = free_ports(2)
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: text for name, text in os.environ.items() if not name.startswith("BANTER_")}
        environment |= {
            "BANTER_HTTP__PORT": str(port),
            "BANTER_WS__PORT": str(ws_port),
            "BANTER_DATA__DIR": str(self._folder / "storage"),
            "BANTER_SECURITY__BCRYPT_COST": "4",
            "BANTER_SECURITY__RATE_LIMIT__ENABLED": "false",
            # Thousands of requests: only what is out of the ordinary is worth a line.
            "BANTER_LOG__LEVEL": "warn",
        }
        with (self._folder / "output").open("wb") as output:
            # In its own folder, so that no configuration file of the checkout is found.
            self._process = subprocess.Popen(
                [self._binary, "serve"], cwd=self._folder, env=environment, stdout=output, stderr=output
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read()

    def is_ready(self) -> bool:
        try:
            return self._process.poll() is None and bool(self.get("/readyz"))
        except OSError:
            return False

    def log(self) -> str:
        return "\n".join((self._folder / "output").read_text(errors="replace").splitlines()[-40:])

    def furnish(self) -> None:
        """A few people, and the first of them with a few rooms and messages, so that small numbers are ids of something."""
        for person in range(PEOPLE):
            account = {"email": email_of(person), "password": PASSWORD, "userName": f"Person{person}"}
            self._post("/register", account)
        token = self.sign_in(0)
        self._post("/friend", {"id": 2}, token)
        for room in range(ROOMS):
            made = self._post("/room", {"name": f"Room {room}", "memberIds": [3]}, token)
            for text in range(MESSAGES):
                message = {"contentType": "TEXT_MESSAGE", "textMessage": {"text": f"Message {text}"}}
                self._post("/room/message", message | {"channelId": made["id"]}, token)

    def sign_in(self, person: int) -> str:
        return self._post("/login", {"email": email_of(person), "password": PASSWORD})["accessToken"]

    def _post(self, path: str, body: dict, token: str | None = None) -> dict:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(f"{self.url}/api{path}", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise CannotRun(f"POST {path} answered {error.code}: {error.read().decode()}") from error

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._process.poll() is not None:
                raise CannotRun(f"the server ended with {self._process.returncode}:\n{self.log()}")
            if time.monotonic() > end:
                raise CannotRun(f"the server was not ready after {START_SECONDS} s:\n{self.log()}")
            time.sleep(0.1)


def email_of(person: int) -> str:
    return f"person{person}@example.org"


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at; all are held at once, so that they differ."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
