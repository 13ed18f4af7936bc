"""The real programs that real proofs need: installed where they are missing, started where they do not run."""

import shutil
import subprocess
from collections.abc import Callable

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """The marker of proofs that wait for full minutes."""
    config.addinivalue_line("markers", "slow_cron: waits for ticks of a real cron daemon, for minutes")


@pytest.fixture(scope="session")
def need() -> Callable[[str, str], str]:
    """Where a program lies; its Debian package is installed first where it is missing."""
    return _need


def _need(program: str, package: str) -> str:
    if shutil.which(program) is None:
        install = ["apt-get", "install", "-y", "--no-install-recommends", package]
        if subprocess.run(install, capture_output=True, check=False).returncode != 0:
            subprocess.run(["apt-get", "update"], capture_output=True, check=True, timeout=300)
            subprocess.run(install, capture_output=True, check=True, timeout=300)
    found = shutil.which(program)
    assert found is not None, f"{package} brought no {program}"
    return found
