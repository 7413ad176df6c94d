#!/usr/bin/env python3
"""Holds the running server to its own OpenAPI document.

Starts the binary on an empty folder, checks that the document is valid OpenAPI, and lets schemathesis send
what the document allows and what it forbids. Ends with 1 on findings, with 2 when it could not run at all.

Needs nothing but Python 3.10: the tools go into a virtual environment below .cache/ of the checkout.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

from server import CannotRun, Server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".cache" / "e2e-schema"
SEED = "20260131"

# These can end the session that calls them, so each gets somebody of its own.
SIGN_OUT = ["/api/logout", "/api/password", "/api/refresh", "/api/session"]


def main() -> int:
    options = arguments()
    tools = install_tools()
    started = time.monotonic()
    with Server(options.binary) as server:
        server.furnish()
        document = CACHE / "openapi.json"
        document.write_bytes(server.get("/openapi.json"))
        results = {"the document is valid OpenAPI": is_valid(tools, document)}
        everything_else = [word for path in SIGN_OUT for word in ("--exclude-path", path)]
        chosen = [("the rest", everything_else)] + [(path, ["--include-path", path]) for path in SIGN_OUT]
        for person, (name, filters) in enumerate(chosen):
            name = f"the server keeps to it: {name}"
            print(f"\n== {name} ==", flush=True)
            results[name] = keeps_to_it(tools, server, server.sign_in(person), [*filters, *options.rest])
        results["the server is still ready"] = server.is_ready()
        if not all(results.values()):
            print("\n== last lines of the server ==", server.log(), sep="\n")
    print(f"\n== summary, after {time.monotonic() - started:.0f} s ==")
    for name, is_good in results.items():
        print("ok  " if is_good else "FAIL", name)
    return 0 if all(results.values()) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    usual = os.environ.get("BANTER_BIN") or ROOT / "target" / "debug" / "banter"
    parser.add_argument("--binary", type=Path, default=Path(usual), help="default: BANTER_BIN or %(default)s")
    options, options.rest = parser.parse_known_args()
    return options


def install_tools() -> Path:
    """The folder of the tools' commands; they are installed once for each content of requirements.txt."""
    wanted = (HERE / "requirements.txt").read_bytes()
    stamp = hashlib.sha256(wanted + sys.version.encode()).hexdigest()
    folder, mark = CACHE / "venv", CACHE / "venv" / "installed"
    tools = folder / "bin"
    if not mark.exists() or mark.read_text() != stamp:
        print("installing schemathesis below .cache/", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        pip = [tools / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        if subprocess.run([*pip, "--requirement", HERE / "requirements.txt"], check=False).returncode != 0:
            raise CannotRun("the tools could not be installed")
        mark.write_text(stamp)
    return tools


def is_valid(tools: Path, document: Path) -> bool:
    print("\n== the document is valid OpenAPI ==", flush=True)
    return subprocess.run([tools / "openapi-spec-validator", document], check=False).returncode == 0


def keeps_to_it(tools: Path, server: Server, token: str, more: list[str]) -> bool:
    run = [tools / "st", "--config-file", HERE / "schemathesis.toml", "run", f"{server.url}/openapi.json"]
    constant = ["--seed", SEED, "--no-color", "--header", f"Authorization: Bearer {token}"]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*run, *constant, *more]
    return subprocess.run(command, cwd=CACHE, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CannotRun as error:
        print(error, file=sys.stderr)
        sys.exit(2)
