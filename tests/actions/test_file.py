"""The action file: nothing half written, whole lines, no other file's place taken; and after a kill, what is so."""

import errno
import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.actions import effects
from assistant.actions.file import FileAction
from assistant.ports.action import Done, NotDone, Unsure

FILE = FileAction()


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name != "home")


@pytest.fixture
def unprivileged():
    """Permissions count, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# Write


def test_a_file_is_written_as_it_is_given(call, tmp_path):
    """No line end is added, none is changed."""
    path = tmp_path / "note.txt"
    assert FILE.perform(call({"path": str(path), "write": "a\r\nä"})) == Done({"path": str(path)})
    assert path.read_bytes() == "a\r\nä".encode()
    assert names(tmp_path) == ["note.txt"]


def test_what_is_no_text_is_written_as_json(call, tmp_path):
    """A template may give a record."""
    path = tmp_path / "note.json"
    FILE.perform(call({"path": str(path), "write": {"b": [1], "a": None}}))
    assert path.read_text() == '{"a":null,"b":[1]}'


def test_a_file_keeps_its_permissions_and_a_link_its_target(call, tmp_path):
    """The rename replaces what the link points to, not the link."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert isinstance(FILE.perform(call({"path": str(link), "write": "new"})), Done)
    assert link.is_symlink()
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("new", 0o640)


def test_a_path_is_one_of_the_persons_home(call, tmp_path, monkeypatch):
    """Wherever the tick was called."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for path in ("plain.txt", "~/tilde.txt"):
        FILE.perform(call({"path": path, "write": "x"}))
    assert names(tmp_path) == ["plain.txt", "tilde.txt"]


def test_the_output_names_the_file(call, tmp_path):
    """Absolute, so that a later step finds it."""
    path = f"{tmp_path}/a/../b.txt"
    assert FILE.perform(call({"path": path, "write": "x"})) == Done({"path": f"{tmp_path}/b.txt"})


def test_of_many_writers_one_wins_whole(call, tmp_path):
    """No mixture of two ever stands there."""
    path = tmp_path / "note"
    texts = [str(number) * 300_000 for number in range(6)]
    work = [call({"path": str(path), "write": text}, key=text[:1]) for text in texts]
    threads = [threading.Thread(target=FILE.perform, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert names(tmp_path) == ["note"]


# What cannot be done


@pytest.mark.parametrize("verb", ["write", "append"])
def test_a_folder_that_is_not_there_is_named_with_the_fix(call, tmp_path, verb):
    """It may be made, or mounted, until the next try."""
    outcome = FILE.perform(call({"path": f"{tmp_path}/no/note", verb: "x"}))
    assert outcome == NotDone(f"there is no folder {tmp_path}/no; mkdir -p {tmp_path}/no")


@pytest.mark.parametrize("verb", ["write", "append"])
def test_a_folder_is_no_file(call, tmp_path, verb):
    """No other try changes that."""
    outcome = FILE.perform(call({"path": str(tmp_path), verb: "x"}))
    assert outcome == NotDone(f"{tmp_path} is a folder; name a file", permanent=True)


@pytest.mark.parametrize("verb", ["write", "append"])
def test_a_pipe_is_no_file_and_holds_nobody_up(call, tmp_path, verb):
    """Nobody reads from it."""
    os.mkfifo(tmp_path / "pipe")
    outcome = FILE.perform(call({"path": f"{tmp_path}/pipe", verb: "x"}))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert "is no plain file" in outcome.error


@pytest.mark.parametrize("action", [{"write": "x"}, {"append": "x"}, {"move": "there"}])
def test_without_permission_nothing_happens(call, tmp_path, unprivileged, action):
    """Trying again does not help."""
    locked = tmp_path / "locked"
    os.seteuid(0) if os.getuid() == 0 else None
    locked.mkdir()
    (locked / "note").write_text("kept")
    (locked / "note").chmod(0o444)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o755)
    locked.chmod(0o555)
    os.seteuid(65534) if os.getuid() == 0 else None
    target = {name: f"{locked}/{value}" if name == "move" else value for name, value in action.items()}
    outcome = FILE.perform(call({"path": f"{locked}/note", **target}, home=""))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert "Permission denied" in outcome.error
    assert (locked / "note").read_text() == "kept"


@pytest.mark.parametrize("verb", ["write", "append"])
def test_on_a_full_disk_nothing_is_half_written(call, tmp_path, verb):
    """The file is as it was, and there is no other; a limit on the size of files stands for the disk."""
    path = tmp_path / "note"
    path.write_text("old\n")
    asking = call({"path": str(path), verb: "x" * 100_000})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        outcome = FILE.perform(asking)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert outcome == NotDone(f"{path}: {os.strerror(errno.EFBIG)}", permanent=True)
    assert (names(tmp_path), path.read_text()) == (["note"], "old\n")
    assert isinstance(FILE.probe(asking), NotDone)


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ({"path": "", "write": "x"}, "names no file"),
        ({"path": None, "write": "x"}, "names no file"),
        ({"path": "/tmp/a\0b", "write": "x"}, "names no file"),
        ({"path": "/tmp/x", "write": None}, "file.write is empty"),
        ({"path": "/tmp/x", "write": {"secret": "t"}}, "secrets are not written to files"),
        ({"path": "/tmp/x", "append": float("nan")}, "no place in JSON"),
        ({"path": "/tmp/x", "move": 5}, "file.move is 5"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_fails_for_good(call, action, why):
    """With what was wrong."""
    outcome = FILE.perform(call(action))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert why in outcome.error


# Append


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (None, "new", "new\n"),
        ("", "new\n", "new\n"),
        ("old\n", "new", "old\nnew\n"),
        ("old", "new\n", "old\nnew\n"),
        ("old\n", "a\nb", "old\na\nb\n"),
        ("old\n", "", "old\n\n"),
    ],
)
def test_what_is_appended_stands_in_lines_of_its_own(call, tmp_path, before, text, after):
    """It neither goes on with the last line nor lets the next one go on with it."""
    path = tmp_path / "log"
    if before is not None:
        path.write_text(before)
    asking = call({"path": str(path), "append": text})
    assert FILE.perform(asking) == Done({"path": str(path)})
    assert path.read_text() == after
    assert FILE.probe(asking) == Done({"path": str(path)})


def test_many_writers_append_whole_lines(call, tmp_path):
    """Each under the lock."""
    path = tmp_path / "log"
    texts = [str(number) * 5000 for number in range(8)]
    work = [call({"path": str(path), "append": text}, key=text[:1]) for text in texts]
    threads = [threading.Thread(target=FILE.perform, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_text().splitlines()) == texts
    assert all(isinstance(FILE.probe(one), Done) for one in work)


def test_a_lock_that_another_program_holds_is_waited_for_only_so_long(call, tmp_path):
    """Nothing was written; another try may."""
    path = tmp_path / "log"
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        outcome = FileAction(lock_s=0.1).perform(call({"path": str(path), "append": "x"}))
    assert outcome == NotDone(f"another program holds the lock of {path}")
    assert path.read_text() == ""


def test_an_append_that_was_never_begun_did_not_happen(call, tmp_path):
    """Whatever stands in the file: the note comes before the first byte."""
    path = tmp_path / "log"
    path.write_text("x\n")
    assert FILE.probe(call({"path": str(path), "append": "x"})) == NotDone(f"nothing was begun on {path}")


@pytest.mark.parametrize("change", ["replaced", "shortened", "gone", "written over"])
def test_where_another_program_changed_the_file_nobody_can_tell(call, tmp_path, change):
    """A person is asked, rather than a line lost or written twice."""
    path = tmp_path / "log"
    path.write_text("old\n")
    asking = call({"path": str(path), "append": "new"})
    FILE.perform(asking)
    if change == "replaced":
        (tmp_path / "other").write_text("old\nnew\n")
        (tmp_path / "other").rename(path)
    elif change == "gone":
        path.unlink()
    else:
        path.write_text("old" if change == "shortened" else "old\nother\n")
    kept = path.read_text() if path.exists() else None
    assert isinstance(FILE.probe(asking), Unsure)
    assert (path.read_text() if path.exists() else None) == kept


def test_a_line_of_others_behind_half_of_ours_is_not_cut_off(call, tmp_path):
    """Only what is certainly ours is taken back."""
    path = tmp_path / "log"
    path.write_text("old\n")
    asking = call({"path": str(path), "append": "a long line of ours"})
    FILE.perform(asking)
    path.write_bytes(b"")  # keeps the file, as a truncation would
    path.write_text("old\na long another's line\n")
    assert isinstance(FILE.probe(asking), Unsure)
    assert path.read_text() == "old\na long another's line\n"


def test_a_note_is_forgotten_when_its_outcome_is_kept(call, tmp_path):
    """The folder of effects does not grow."""
    asking = call({"path": f"{tmp_path}/log", "append": "x"})
    FILE.perform(asking)
    assert effects.noted(asking.home, asking.key) is not None
    effects.forget(asking.home, asking.key)
    effects.forget(asking.home, asking.key)
    assert os.listdir(f"{asking.home}/effects") == []


# Move


def test_a_file_is_moved(call, tmp_path):
    """To another name, or into a folder under its own."""
    path = tmp_path / "a"
    path.write_text("x")
    (tmp_path / "done").mkdir()
    asking = call({"path": str(path), "move": f"{tmp_path}/b"})
    assert FILE.perform(asking) == Done({"path": f"{tmp_path}/b"})
    assert FILE.probe(asking) == Done({"path": f"{tmp_path}/b"})
    onward = call({"path": f"{tmp_path}/b", "move": f"{tmp_path}/done/"}, key="k2")
    assert FILE.perform(onward) == Done({"path": f"{tmp_path}/done/b"})
    assert (tmp_path / "done" / "b").read_text() == "x"


def test_a_move_never_takes_another_files_place(call, tmp_path):
    """What is there stays."""
    (tmp_path / "a").write_text("ours")
    (tmp_path / "b").write_text("theirs")
    asking = call({"path": f"{tmp_path}/a", "move": f"{tmp_path}/b"})
    outcome = FILE.perform(asking)
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("ours", "theirs")
    assert isinstance(FILE.probe(asking), NotDone)


@pytest.mark.parametrize(("path", "move"), [("no", "b"), ("a", "no/b")])
def test_a_move_from_or_to_nowhere_says_what_is_missing(call, tmp_path, path, move):
    """The file, or the folder it is to go to."""
    (tmp_path / "a").write_text("x")
    outcome = FILE.perform(call({"path": f"{tmp_path}/{path}", "move": f"{tmp_path}/{move}"}))
    assert isinstance(outcome, NotDone)
    assert f"{tmp_path}/no" in outcome.error


def test_a_move_to_another_disk_says_how_to(call, tmp_path):
    """A rename cannot; a copy could be cut off in the middle."""
    (tmp_path / "a").write_text("x")
    other = next((place for place in ("/dev/shm", "/run") if os.access(place, os.W_OK)), None)
    assert other is not None
    assert os.stat(other).st_dev != tmp_path.stat().st_dev
    outcome = FILE.perform(call({"path": f"{tmp_path}/a", "move": f"{other}/ask-test-{os.getpid()}"}))
    assert isinstance(outcome, NotDone)
    assert "run: [mv" in outcome.error
    assert (tmp_path / "a").read_text() == "x"


def test_a_new_file_in_the_old_place_does_not_hide_that_the_move_happened(call, tmp_path):
    """A scanner may have put the next one there."""
    (tmp_path / "a").write_text("first")
    asking = call({"path": f"{tmp_path}/a", "move": f"{tmp_path}/b"})
    FILE.perform(asking)
    (tmp_path / "a").write_text("second")
    assert FILE.probe(asking) == Done({"path": f"{tmp_path}/b"})


def test_where_neither_place_has_the_file_nobody_can_tell(call, tmp_path):
    """It may have been moved and moved on."""
    asking = call({"path": f"{tmp_path}/a", "move": f"{tmp_path}/b"})
    assert isinstance(FILE.probe(asking), Unsure)


# Killed in the middle

DYING = """
import os, sys
at = int(sys.argv[1])
count = 0

def dying(name):
    real = getattr(os, name)
    def call(*args, **named):
        global count
        count += 1
        if count == at and name == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        if count == at:
            os.kill(os.getpid(), 9)
        result = real(*args, **named)
        if count == -at:
            os.kill(os.getpid(), 9)
        return result
    return call

for name in ("open", "write", "fsync", "replace", "rename", "unlink", "ftruncate"):
    setattr(os, name, dying(name))
from assistant.actions.file import FileAction
from assistant.ports.action import Call
print(FileAction().perform(Call(12, "send", 1, sys.argv[2], eval(sys.argv[3]), home=sys.argv[4])))
"""


def killed(asking, at: int) -> bool:
    """Perform it in a process that is killed before, or in the middle of, its n-th change; -n: after it."""
    ran = subprocess.run(
        [sys.executable, "-c", DYING, str(at), asking.key, repr(asking.action), asking.home],
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode in (0, -9), ran.stderr
    return ran.returncode == -9


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("verb", ["write", "append", "move"])
def test_killed_at_any_moment_a_probe_says_what_is_so_and_the_next_try_makes_it_so_once(call, tmp_path, verb, after):
    """Before, in the middle of and after each change that it makes."""
    for at in range(1, 40):
        path = tmp_path / f"file{at}"
        path.write_text("old\n")
        action = {"path": str(path), verb: f"{path}.moved" if verb == "move" else "a new line\n"}
        asking = call(action, key=f"k{at}")
        if not killed(asking, -at if after else at):
            break
        there = (path.read_text() if path.exists() else None, (tmp_path / f"file{at}.moved").exists())
        begun = FILE.probe(asking)
        assert isinstance(begun, (Done, NotDone)), (at, begun)
        if isinstance(begun, NotDone):
            assert path.read_text() == "old\n", there
            assert isinstance(FILE.perform(asking.replace(attempt=2)), Done)
        now = path.read_text() if path.exists() else None
        assert (now, (tmp_path / f"file{at}.moved").exists()) == {
            "write": ("a new line\n", False), "append": ("old\na new line\n", False), "move": (None, True),
        }[verb]  # fmt: skip
        left = {f"file{at}.moved" if verb == "move" else f"file{at}"}
        assert {name for name in names(tmp_path) if f"file{at}" in name} == left
        for name in left:
            (tmp_path / name).unlink()
    assert at > 4


def test_half_of_one_writer_is_no_business_of_another(call, tmp_path):
    """Each key has a half of its own, which only its own next try takes up."""
    path = tmp_path / "note"
    first = call({"path": str(path), "write": "first"}, key="k1")
    assert killed(first, 2)
    (half,) = names(tmp_path)
    begun = (tmp_path / half).read_text()
    assert FILE.perform(call({"path": str(path), "write": "second"}, key="k2")) == Done({"path": str(path)})
    assert (path.read_text(), (tmp_path / half).read_text()) == ("second", begun)
    FILE.perform(first)
    assert (names(tmp_path), path.read_text()) == (["note"], "first")
