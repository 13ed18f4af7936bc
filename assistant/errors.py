"""What can go wrong, as one tree. Each class has an exit code and a code for scripts; each error says the fix.

AskError                   1  failed
├── UsageError             2  usage            words, flags or values that cannot be used
│   ├── NotUnderstood      2  not_understood   time words that could not be placed
│   ├── NoTime             2  no_time          a reminder that says no time
│   └── InThePast          2  in_the_past
├── NotFound               3  not_found        no such number or name
├── NotPossible            4  not_possible     not in its present state
├── Missing                5  missing          a secret or the model is not there
│   └── Locked             5  locked           a secret cannot be read now; later it may
├── StoreError             1  store
│   ├── StoreDamaged       1  store_damaged
│   ├── StoreNewer         1  store_newer
│   ├── StoreReadOnly      1  store_read_only
│   └── StoreFull          1  store_full
├── StoreBusy             75  busy             another process writes; try later
└── Stale                 75  stale            somebody else moved the row first; read and decide again
"""


class AskError(Exception):
    """Something a person is told: what was wrong, with the value, and one fix."""

    exit_code = 1
    code = "failed"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(AskError):
    """Words, flags or values that cannot be used."""

    exit_code = 2
    code = "usage"


class NotUnderstood(UsageError):
    """Time words that could not be placed. `answer` is what `ask when --json` still prints on stdout."""

    code = "not_understood"
    answer: "dict[str, object] | None" = None


class NoTime(UsageError):
    """A reminder that says no time; on a terminal it is asked for. `left` is what it says."""

    code = "no_time"
    left = ""


class InThePast(UsageError):
    """A time that has gone by."""

    code = "in_the_past"


class NotFound(AskError):
    """No such number or name."""

    exit_code = 3
    code = "not_found"


class NotPossible(AskError):
    """Not possible in the item's present state."""

    exit_code = 4
    code = "not_possible"


class Missing(AskError):
    """A secret or the model is not there."""

    exit_code = 5
    code = "missing"


class Locked(Missing):
    """What keeps the secret does not answer, or is locked; later it may be read."""

    code = "locked"


class StoreError(AskError):
    """The store cannot be used."""

    code = "store"


class StoreDamaged(StoreError):
    """The store's file does not hold what it should."""

    code = "store_damaged"


class StoreNewer(StoreError):
    """The store was written by a newer version."""

    code = "store_newer"


class StoreReadOnly(StoreError):
    """The store, or its folder, cannot be written."""

    code = "store_read_only"


class StoreFull(StoreError):
    """The disk is full."""

    code = "store_full"


class StoreBusy(AskError):
    """Another process holds the store's write lock."""

    exit_code = 75
    code = "busy"


class Stale(AskError):
    """Somebody else moved the row first; what was decided no longer holds."""

    exit_code = 75
    code = "stale"
