"""Which releases of litellm may be used. Reads what is installed; imports nothing of it."""

from importlib import metadata

from assistant.value import Value

RANGE = "litellm>=1.102.4,!=1.106.*,!=1.107.*"  # as in pyproject.toml, where a test holds them equal
OLDEST = (1, 102, 4)
KEPT_OUT = ((1, 106), (1, 107))
MALICIOUS = ("1.82.7", "1.82.8", "1.107.0")


class Version(Value):
    """The installed release, None where there is none, and why it may not be used."""

    __slots__ = ("installed", "ok", "why")
    installed: str | None
    ok: bool
    why: str | None


def litellm_version() -> Version:
    """What is installed here, and whether it may be imported."""
    try:
        version = metadata.version("litellm")
    except metadata.PackageNotFoundError:
        return Version(None, False, "litellm is not installed")
    fault = version_fault(version)
    return Version(version, fault is None, f"litellm {version} {fault}" if fault else None)


def version_fault(version: str) -> str | None:
    """Why a version of litellm may not be used, or None.

    >>> version_fault("1.82.7"), version_fault("1.101.0"), version_fault("1.106.3"), version_fault("1.110.0")
    ('is a malicious release', 'is older than 1.102.4', 'is kept out', None)
    """
    if version in MALICIOUS:
        return "is a malicious release"
    numbers: list[int] = []
    for part in version.split(".")[:3]:
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        numbers.append(int(digits or 0))
    if tuple(numbers) < OLDEST:
        return "is older than 1.102.4"
    return "is kept out" if tuple(numbers[:2]) in KEPT_OUT else None


def remedy(version: str) -> str:
    """What to do about a version that may not be used."""
    install = f"pip install '{RANGE}'"
    if version in MALICIOUS:
        return f"pip uninstall litellm, change every secret this machine holds, then {install}"
    return install
