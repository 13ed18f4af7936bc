"""The releases of litellm that may be used: the same in the packaging and in the check, before anything is run."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assistant.app.checks import surroundings
from assistant.models.version import MALICIOUS, RANGE, litellm_version, version_fault

ROOT = Path(__file__).parents[2]
RELEASES = [
    "0.14.0", "1.9.9", "1.82.7", "1.82.8", "1.101.99", "1.102.3", "1.102.4", "1.102.10", "1.103.0", "1.105.12",
    "1.106.0",
    "1.106.9", "1.107.0", "1.107.1", "1.107.12", "1.108.0", "1.110.2", "2.0.0",
]  # fmt: skip


def install(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a release look installed."""
    place = folder / f"litellm-{version}.dist-info"
    place.mkdir()
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: litellm\nVersion: {version}\n")
    monkeypatch.syspath_prepend(str(folder))


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_may_be_used_where_the_packaging_would_install_it(release):
    """Both say the same range."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extras["model"] == [RANGE]
    assert (version_fault(release) is None) == Requirement(RANGE).specifier.contains(release)


def test_what_is_installed_here_may_be_used():
    """By the lock of this repository."""
    found = litellm_version()
    assert (found.ok, found.why) == (True, None)


@pytest.mark.parametrize("release", MALICIOUS)
def test_the_doctor_finds_a_malicious_release(release, tmp_path, monkeypatch):
    """And says what else it puts at risk."""
    install(tmp_path, release, monkeypatch)
    check = surroundings.model_library(None)
    assert (check.ok, check.detail) == (False, f"litellm {release} is a malicious release")
    assert check.fix.startswith("pip uninstall litellm, change every secret")


def test_the_doctor_finds_a_release_that_is_too_old(tmp_path, monkeypatch):
    """Its fix installs one that is not."""
    install(tmp_path, "1.100.0", monkeypatch)
    check = surroundings.model_library(None)
    assert (check.detail, check.fix) == ("litellm 1.100.0 is older than 1.102.4", f"pip install '{RANGE}'")
