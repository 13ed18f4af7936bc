"""Where a bench runs: an environment of its own with a regular install, and folders for stores. Measures nothing.

The install is a regular one because pip compiles what it installs. An editable tree is compiled anew at every start
where PYTHONDONTWRITEBYTECODE is set, which would be measured as a slow `ask`.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


class Place:
    """One environment and one folder for the stores of one run."""

    def __init__(self, environment: Path, stores: Path) -> None:
        self.environment = environment
        self.stores = stores
        self.python = str(environment / "bin" / "python")
        self.ask = str(environment / "bin" / "ask")

    def prepare(self) -> None:
        """Make the environment where there is none, and install the project as it is now."""
        if not os.path.exists(self.python):
            subprocess.run([sys.executable, "-m", "venv", str(self.environment)], check=True)
            self._pip(self.python, "install", str(PROJECT), *(pin for pin in pins() if pin.startswith("huey==")))
        self._pip(self.python, "install", "--no-deps", "--force-reinstall", str(PROJECT))
        folder = self.say("import assistant, os; print(os.path.dirname(assistant.__file__))")
        if str(self.environment) not in folder:
            raise SystemExit(f"assistant is imported from {folder}, not from the environment of the bench")
        if _below_the_first_line(Path(self.ask)) != _below_the_first_line(PROJECT / "assistant" / "cli" / "ask"):
            raise SystemExit(f"{self.ask} is not assistant/cli/ask: it was installed as a wrapper, which loads more")
        subprocess.run([self.python, "-m", "compileall", "-q", folder], check=True)

    def peers(self) -> str:
        """The interpreter of an environment with all the peers and without `ask`, made where there is none."""
        environment = Path(f"{self.environment}-peers")
        python = str(environment / "bin" / "python")
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
            self._pip(python, "install", *pins())
        return python

    def _pip(self, python: str, *argv: str) -> None:
        whole = [python, "-m", "pip", "-q", "--disable-pip-version-check", *argv]
        subprocess.run(whole, check=True, stderr=subprocess.DEVNULL)

    def say(self, code: str) -> str:
        """What a line of Python prints in the environment, from outside the project's folder."""
        done = subprocess.run(
            [self.python, "-c", code], cwd=self.stores, env=self.env("nowhere"), capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def home(self, name: str) -> Path:
        """The folder of one store."""
        return self.stores / name

    def env(self, name: str, **more: str) -> dict[str, str]:
        """The whole environment of a child: nothing of the caller's shell gets in."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.stores), "ASK_HOME": str(self.home(name)),
            "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8", **more,
        }  # fmt: skip

    def do(self, name: str, *words: str) -> str:
        """Run `ask` on a store; what it printed."""
        done = subprocess.run([self.ask, *words], env=self.env(name), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"ask {' '.join(words)}: {done.stderr}")
        return done.stdout

    def about(self) -> dict[str, str]:
        """What the figures were measured on."""
        return {
            "python": self.say("import sys; print(sys.version.split()[0])"),
            "sqlite": self.say("import sqlite3; print(sqlite3.sqlite_version)"),
            "processors": str(os.cpu_count()),
            "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
            "stores on": _file_system(str(self.stores)),
        }


def pins() -> list[str]:
    """The peers in the versions that are measured: the extra `bench` of the project."""
    with open(PROJECT / "pyproject.toml", "rb") as file:
        found: list[str] = tomllib.load(file)["project"]["optional-dependencies"]["bench"]
    return found


def _below_the_first_line(script: Path) -> list[str]:
    return script.read_text(encoding="utf-8").splitlines()[1:]


def _file_system(path: str) -> str:
    """The kind of file system a folder lies on: on tmpfs a sync costs nothing, and the figures say little."""
    try:
        with open("/proc/mounts", encoding="utf-8") as mounts:
            kinds = {fields[1]: fields[2] for fields in map(str.split, mounts)}
    except OSError:
        return "?"
    there = [point for point in kinds if path.startswith(point.rstrip("/") + "/")]
    return kinds[max(there, key=len)] if there else "?"
