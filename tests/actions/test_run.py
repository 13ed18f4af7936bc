"""The action run: a program without a shell, whose end is told as it was, and of which nothing is left running."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.actions.effects import still_runs
from assistant.actions.run import RunAction
from assistant.actions.table import make
from assistant.errors import NotFound
from assistant.ports.action import Done, NotDone, Unsure

RUN = RunAction(grace_s=0.3)


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def pids(path: str) -> list[int]:
    return [int(word) for word in Path(path).read_text().split()]


def test_a_program_that_ends_well_is_done_with_what_it_wrote(call, program):
    """Both outputs are kept apart."""
    outcome = RUN.perform(call({"argv": [program("echo out; echo err >&2")]}))
    assert outcome == Done({"exit": 0, "stdout": "out\n", "stderr": "err\n", "json": None, "notes": []})


def test_json_on_stdout_is_read(call, program):
    """Later steps take fields of it."""
    outcome = RUN.perform(call({"argv": [program("""echo '{"open": [3, 4]}'""")]}))
    assert outcome.output["json"] == {"open": [3, 4]}


@pytest.mark.parametrize("text", ["NaN", '{"a": Infinity}', '"\\ud800"', "[" * 50_000, "{'a': 1}", "1e999", "hello"])
def test_what_has_no_place_in_the_store_is_not_taken_for_json(call, python, text):
    """The text is still there."""
    outcome = RUN.perform(call({"argv": [python(f"print({text!r})")]}))
    assert outcome.output["json"] is None
    assert outcome.output["stdout"] == f"{text}\n"


def test_no_shell_reads_an_argument(call, python):
    """Whatever an event wrote into it."""
    words = ["a b", "$(touch /nowhere)", "`id`", ";", "*", "", "-c", "ä\n"]
    outcome = RUN.perform(call({"argv": [python("import sys, json; print(json.dumps(sys.argv[1:]))"), *words]}))
    assert outcome.output["json"] == words


def test_an_argument_that_is_no_text_is_written_as_json(call, python):
    """A template may give a number or a list."""
    outcome = RUN.perform(call({"argv": [python("import sys, json; print(json.dumps(sys.argv[1:]))"), 5, True, ["a"]]}))
    assert outcome.output["json"] == ["5", "true", '["a"]']


def test_a_program_knows_its_job_its_step_its_attempt_and_its_key(call, program):
    """The key is what it hands on to whoever drops repeats; `env` cannot change it."""
    script = program('echo "$ASK_JOB $ASK_STEP $ASK_ATTEMPT $ASK_KEY $MORE"')
    outcome = RUN.perform(call({"argv": [script], "env": {"MORE": 5, "ASK_KEY": "other"}}, attempt=2))
    assert outcome.output["stdout"] == "12 send 2 a1b2/12/send 5\n"


def test_a_program_gets_its_input_and_its_folder(call, program, tmp_path):
    """`stdin` and `cwd`."""
    outcome = RUN.perform(call({"argv": [program("pwd; cat")], "cwd": str(tmp_path), "stdin": "line\n"}))
    assert outcome.output["stdout"] == f"{tmp_path}\nline\n"


def test_without_a_folder_it_runs_in_the_persons_home(call, program, tmp_path, monkeypatch):
    """Wherever the scheduler, or the person, called the tick."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert RUN.perform(call({"argv": [program("pwd")]})).output["stdout"] == f"{tmp_path}\n"


def test_exit_75_is_worth_another_try(call, program):
    """EX_TEMPFAIL, with the last words as the reason."""
    script = program("echo 'no network' >&2; exit 75")
    assert RUN.perform(call({"argv": [script]})) == NotDone(
        f"{script} asks to try later (exit 75): no network", down=True
    )


@pytest.mark.parametrize(("code", "permanent"), [(1, False), (2, True), (3, False), (75, True)])
def test_only_the_codes_that_were_named_are_permanent(call, program, code, permanent):
    """Any other follows the policy."""
    outcome = RUN.perform(call({"argv": [program(f"exit {code}")]}, permanent=(2, 75)))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent == permanent


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ({"argv": ["/no/such/program"]}, "No such file"),
        ({"argv": ["no-such-program-anywhere"]}, "No such file"),
        ({"argv": ["/bin/echo"], "cwd": "/no/such/folder"}, "the folder /no/such/folder"),
        ({"argv": ["/etc/passwd"]}, "Permission denied"),
        ({"argv": ["/bin/echo", "a\0b"]}, "null byte"),
        ({"argv": ["/bin/echo", "x" * 3_000_000]}, "Argument list too long"),
        ({"argv": []}, "names no program"),
        ({"argv": "rm -rf /"}, "names no program"),
        ({"argv": None}, "names no program"),
        ({"argv": ["/bin/echo"], "env": "A=b"}, "env is no list of names"),
        ({"argv": ["/bin/echo"], "env": {"A": None}}, "env.A is empty"),
        ({"argv": ["/bin/echo"], "env": {"A=B": "c"}}, "illegal environment variable name"),
        ({"argv": ["/bin/echo", None]}, "argv[1] is empty"),
        ({"argv": ["/bin/echo", {"secret": "token"}]}, "use env or stdin"),
    ],
)  # fmt: skip
def test_what_cannot_be_started_fails_for_good_and_says_why(call, action, why):
    """Trying again does not help."""
    outcome = RUN.perform(call(action))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent
    assert why in outcome.error


def test_a_missing_interpreter_is_told_apart_from_a_missing_program(call, program):
    """The file is there; its first line names what is not."""
    outcome = RUN.perform(call({"argv": [program("", interpreter="/no/such/interpreter")]}))
    assert "the interpreter in its first line is not there" in outcome.error


def test_a_program_that_is_too_slow_is_unsure_and_its_whole_group_dead(call, program):
    """Children that it forked do not go on either."""
    script = program('sleep 60 & (sleep 60; true) & echo "$$ $!" > "$0.pids"; echo working; wait')
    outcome = RUN.perform(call({"argv": [script]}, timeout=0.3))
    assert outcome == Unsure(f"{script} was stopped after 0.3 s: working")
    assert [pid for pid in pids(f"{script}.pids") if is_alive(pid)] == []


def test_what_ignores_the_gentle_signal_is_killed_children_included(call, program):
    """After TERM and the grace comes KILL, and it is seen to have worked."""
    script = program(
        "trap '' TERM; (trap '' TERM; while :; do sleep 0.05; done) & echo \"$$ $!\" > \"$0.pids\"\n"
        "while :; do sleep 0.05; done"
    )
    began = time.monotonic()
    assert isinstance(RUN.perform(call({"argv": [script]}, timeout=0.3)), Unsure)
    assert time.monotonic() - began < 5
    assert [pid for pid in pids(f"{script}.pids") if is_alive(pid)] == []


def test_children_that_outlive_a_program_which_was_stopped_are_ended_too(call, program):
    """The program itself obeys at once; its child does not."""
    script = program('(trap \'\' TERM; while :; do sleep 0.05; done) & echo "$!" > "$0.pids"; sleep 60')
    assert isinstance(RUN.perform(call({"argv": [script]}, timeout=0.3)), Unsure)
    assert [pid for pid in pids(f"{script}.pids") if is_alive(pid)] == []


def test_a_program_that_a_signal_ended_is_unsure(call, program):
    """Nobody knows how far it came."""
    script = program("kill -9 $$")
    assert RUN.perform(call({"argv": [script]})) == Unsure(f"{script} was ended by signal 9")


def test_a_program_is_stopped_when_its_job_is_cancelled(call, program):
    """It need not wait for its time."""
    script = program("sleep 60")
    began = time.monotonic()
    outcome = RUN.perform(call({"argv": [script]}, stop=lambda: time.monotonic() - began > 0.2))
    assert outcome == Unsure(f"{script} was stopped")
    assert time.monotonic() - began < 5


def test_a_program_that_closes_its_pipes_is_waited_for(call, program):
    """Its exit counts, not the end of its output."""
    script = program("exec <&- >&- 2>&-; sleep 0.1; exit 4")
    assert RUN.perform(call({"argv": [script], "stdin": "x" * 1_000_000})) == NotDone(f"{script} exit 4")


def test_a_child_that_is_left_behind_is_not_waited_for(call, program):
    """A program may start another and end well, though it holds the outputs open."""
    script = program('sleep 30 & echo $! > "$0.pids"; echo done')
    began = time.monotonic()
    assert RUN.perform(call({"argv": [script]})).output["stdout"] == "done\n"
    assert time.monotonic() - began < 5
    os.kill(pids(f"{script}.pids")[0], 9)


def test_of_a_hundred_megabytes_the_first_is_kept_and_the_rest_told(call, program):
    """Read to the end, so that the program can end well, in bounded memory."""
    outcome = RUN.perform(call({"argv": [program("head -c 104857600 /dev/zero | tr '\\0' x; echo last >&2")]}))
    assert len(outcome.output["stdout"]) == 1 << 20
    assert outcome.output["notes"] == ["stdout: the first 1 MiB of 100 MiB are kept"]
    assert outcome.output["stderr"] == "last\n"


def test_output_without_end_ends_with_its_time(call, program):
    """It neither blocks nor fills the memory; the last line is told."""
    script = program("yes forever")
    assert RUN.perform(call({"argv": [script]}, timeout=0.3)) == Unsure(f"{script} was stopped after 0.3 s: forever")


def test_binary_output_is_kept_as_far_as_it_is_text(call, program):
    """And it is said that not all of it is."""
    outcome = RUN.perform(call({"argv": [program("printf 'a\\377\\000b'")]}))
    assert outcome.output["stdout"] == "a\ufffd\0b"
    assert "not UTF-8" in outcome.output["notes"][0]


def test_without_a_mark_no_program_is_started(call, program, tmp_path):
    """It could not be found again after a kill; a disk with room may come."""
    (tmp_path / "full").write_text("no folder")
    script = program('touch "$0.began"')
    outcome = RUN.perform(call({"argv": [script]}, home=f"{tmp_path}/full"))
    assert isinstance(outcome, NotDone)
    assert not outcome.permanent
    assert not Path(f"{script}.began").exists()


def test_where_no_exit_code_can_be_trusted_nothing_is_started():
    """With SIGCHLD ignored, as some callers leave it, the system keeps no exit codes: all would seem to end well."""
    body = (
        "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "from assistant.actions.run import RunAction\n"
        "from assistant.ports.action import Call\n"
        "print(RunAction().perform(Call(1, 'a', 1, 'k', {'argv': ['false']})))"
    )
    ran = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert "NotDone" in ran.stdout
    assert "SIGCHLD is ignored" in ran.stdout


# Secrets


def test_a_secret_reaches_the_program_by_environment_and_input_and_nothing_that_comes_back(call, program):
    """Neither the outputs, nor the JSON in them, nor the words of an error hold it, in whatever form."""
    secret = 'pa"ss wörd/5'
    action = {"env": {"TOKEN": {"secret": "t", "prefix": "Bearer "}}, "stdin": {"secret": "t"}}
    script = program('read -r given; test "Bearer $given" = "$TOKEN" || exit 9; echo "$TOKEN"; echo "$TOKEN" >&2')
    outcome = RUN.perform(call({"argv": [script], **action}, secrets={"t": secret}))
    assert outcome.output["stdout"] == "Bearer ****\n"
    assert outcome.output["stderr"] == "Bearer ****\n"
    failing = program('echo "$TOKEN is wrong" >&2; exit 3', "failing")
    assert RUN.perform(call({"argv": [failing], **action}, secrets={"t": secret})) == NotDone(
        f"{failing} exit 3: Bearer **** is wrong"
    )


def test_a_secret_is_hidden_in_the_forms_that_programs_write(call, python):
    """Escaped in JSON, quoted in a URL, in base64, and as a number."""
    secret = 'a"b/ü+1234'
    body = (
        "import base64, json, os, urllib.parse as u\n"
        "t = os.environ['T']\n"
        "print(json.dumps({'raw': t, 'n': 5, t: [t], 'url': u.quote(t, safe=''),"
        " 'b64': base64.b64encode(t.encode()).decode()}))"
    )
    action = {"argv": [python(body)], "env": {"T": {"secret": "t"}}}
    outcome = RUN.perform(call(action, secrets={"t": secret}))
    hidden = outcome.output["json"]
    assert hidden["raw"] == "****"
    assert hidden["****"] == ["****"]
    assert hidden["url"] == "****"
    assert hidden["b64"].startswith("****")
    assert json.loads(outcome.output["stdout"])["n"] == 5
    assert secret not in repr(outcome)


def test_a_secret_that_is_cut_in_two_by_the_limit_leaves_no_half(call, python):
    """Half of a key is most of a key."""
    action = {
        "argv": [python("import os; print('x' * ((1 << 20) - 8) + os.environ['T'])")],
        "env": {"T": {"secret": "t"}},
    }
    outcome = RUN.perform(call(action, secrets={"t": "0123456789abcdef"}))
    assert outcome.output["stdout"].endswith("x****")


@pytest.mark.parametrize(("name", "permanent"), [("nowhere", True), ("locked", False)])
def test_a_secret_that_is_not_there_stops_the_step_before_it_begins(call, program, name, permanent):
    """With the fix; one that is only locked now is worth another try."""
    script = program('touch "$0.began"')
    outcome = RUN.perform(call({"argv": [script], "env": {"T": {"secret": name}}}))
    assert isinstance(outcome, NotDone)
    assert outcome.permanent == permanent
    assert ("ask secret set nowhere" if permanent else "unlock it") in outcome.error
    assert not Path(f"{script}.began").exists()


def test_a_program_is_not_handed_the_secrets_of_others(call, program, monkeypatch):
    """What `ask` itself was given in its environment is not passed on."""
    monkeypatch.setenv("ASK_SECRET_OTHER", "hidden")
    assert "hidden" not in RUN.perform(call({"argv": [program("env")]})).output["stdout"]


# After a kill


@pytest.mark.parametrize(("code", "kind"), [(0, Done), (1, NotDone), (2, Unsure), (75, Unsure)])
def test_a_probe_says_by_its_exit_whether_it_happened(call, program, code, kind):
    """0 it did, 1 it did not, anything else: nobody knows."""
    assert isinstance(RUN.probe(call({"argv": [program(f"exit {code}")]})), kind)


def test_a_probe_that_cannot_run_knows_nothing(call, program):
    """Neither for want of a program nor of time."""
    assert isinstance(RUN.probe(call({"argv": ["/no/such/program"]})), Unsure)
    assert isinstance(RUN.probe(call({"argv": [program("sleep 60")]}, timeout=0.2)), Unsure)


def test_a_program_that_outlives_a_killed_tick_is_known_to_run(call, program, tmp_path):
    """It is neither started again beside itself, nor asked about before it has ended."""
    script = program('echo $$ > "$0.pids"; sleep 60')
    asking = call({"argv": [script]})
    tick = (
        "from datetime import timedelta; from assistant.actions.run import RunAction; "
        "from assistant.ports.action import Call; "
        f"RunAction().perform(Call(12, 'send', 1, {asking.key!r}, {asking.action!r}, home={asking.home!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", tick]) as killed:
        until = time.monotonic() + 10
        while not (Path(f"{script}.pids").exists() and pids(f"{script}.pids")) and time.monotonic() < until:
            time.sleep(0.02)
        killed.kill()
    assert still_runs(asking.home, asking.key)
    assert RUN.perform(asking) == NotDone(f"an earlier attempt of {script} still runs")
    assert "still runs" in RUN.probe(call({"argv": ["/bin/true"]})).error
    os.killpg(pids(f"{script}.pids")[0], 9)
    while still_runs(asking.home, asking.key) and time.monotonic() < until:
        time.sleep(0.02)
    assert RUN.probe(call({"argv": ["/bin/true"]})) == Done()


def test_a_program_that_has_ended_leaves_no_mark(call, program):
    """The folder of effects holds what is under way, and nothing else."""
    asking = call({"argv": [program("exit 0")]})
    RUN.perform(asking)
    assert os.listdir(f"{asking.home}/effects") == []


def test_many_threads_may_run_programs(call, program):
    """The lanes of a tick are threads; each gets its own program's outcome."""
    script = program('echo "$1"')
    outcomes: dict[int, str] = {}

    def work(number: int) -> None:
        outcomes[number] = RUN.perform(call({"argv": [script, str(number)]}, key=f"k{number}")).output["stdout"]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {number: f"{number}\n" for number in range(8)}


def test_an_action_is_found_by_its_kind():
    """Our own from a table, and an unknown one is refused with what there is."""
    assert {type(make(kind)).__name__ for kind in ("run", "http", "file")} == {"RunAction", "HttpAction", "FileAction"}
    with pytest.raises(NotFound, match="No action is called 'telepathy'"):
        make("telepathy")
