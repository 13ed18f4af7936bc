"""The one table of commands, from which both parsers are built: the dispatcher for everyday words, and Typer."""

from assistant.value import Value


class Option(Value):
    """A flag or an option of a command. `kind` is text, many (may be repeated), whole (a number) or flag."""

    __slots__ = ("name", "kind", "help", "short", "choices", "metavar")
    name: str
    kind: str
    help: str
    short: str | None = None
    choices: tuple[str, ...] = ()
    metavar: str = ""

    @property
    def key(self) -> str:
        """The name under which a parse keeps it."""
        key = self.name.lstrip("-").replace("-", "_")
        return "for_" if key == "for" else key  # Typer makes it a parameter, and no parameter is called so


class Command(Value):
    """One command. `arg` names its words: `TEXT…` one or more, `[WORDS…]` any number, `ID` one, empty none."""

    __slots__ = ("name", "arg", "summary", "examples", "options", "run")
    name: str
    arg: str
    summary: str
    examples: tuple[str, ...]
    options: tuple[Option, ...]
    run: str  # module:function below assistant.cli

    @property
    def least(self) -> int:
        """How many words it needs."""
        return sum(not word.startswith("[") for word in self.arg.split())

    @property
    def most(self) -> int | None:
        """How many words it takes, or None for any number."""
        return None if "…" in self.arg else len(self.arg.split())


SMALLEST, LARGEST = 1, 1_000_000  # what an option of the kind `whole` takes

GLOBAL = (
    Option("--json", "flag", "One JSON document on stdout."),
    Option("--quiet", "flag", "Only the number.", short="-q"),
    Option("--tz", "text", "The zone that times are meant in.", metavar="ZONE"),
    Option("--yes", "flag", "Say yes to what would be asked.", short="-y"),
    Option("--verbose", "flag", "Say more.", short="-v"),
)
_PRIORITY = Option("--priority", "text", "low, normal, high or urgent.", choices=("low", "normal", "high", "urgent"))
_PROJECT = Option("--project", "text", "The project it belongs to.", metavar="NAME")
_TAG = Option("--tag", "many", "A tag; may be given again.", metavar="T")
_KEY = Option("--key", "text", "Make nothing new while an open item holds this key.", metavar="KEY")
_LATE = Option(
    "--if-late", "text", "What to do with a slot that is late.", choices=("run", "skip", "brief", "ask"),
)  # fmt: skip
_USELESS = Option("--useless-after", "text", "After this long it is not rung any more.", metavar="DUR")
_CHANNEL = Option("--channel", "text", "Where it rings.", metavar="NAME")
_SEVERITY = Option("--severity", "text", "high breaks through quiet hours.", choices=("low", "normal", "high"))
_AT = Option("--at", "text", "When; the text is then kept word for word.", metavar="WHEN")
_EVERY = Option("--every", "text", "The rule; the text is then kept word for word.", metavar="RULE")
_ACK = Option("--until-ack", "flag", "Ring again until it is answered, every 15m unless --repeat says how.")
_REPEAT = Option("--repeat", "text", "How long between rings; the last goes on.", metavar="15m,30m,1h")
_DUE = Option("--due", "text", "When it is due; without a time of day, the end of that day.", metavar="WHEN")
_ALL = Option("--all", "flag", "All, not the first 50.")
_LIMIT = Option("--limit", "whole", "At most so many.", metavar="N")

COMMANDS: tuple[Command, ...] = (
    Command(
        "remind", "TEXT…", "Ring at a time, or again and again.",
        (
            "ask remind me to call mum tomorrow at 6pm",
            "ask remind stand-up every weekday at 9:25",
            'ask remind "take the pills" --every "day at 21:00" --until-ack --repeat 15m,30m',
        ),
        (_AT, _EVERY, _ACK, _REPEAT, _LATE, _USELESS, _CHANNEL, _SEVERITY, _KEY, _PRIORITY, _PROJECT, _TAG),
        "reminders:remind",
    ),
    Command(
        "add", "TEXT…", "Keep a task.",
        ("ask add buy stamps", 'ask add "file the taxes" --due "31 may" --priority high --project home'),
        (_DUE, _PRIORITY, _PROJECT, _TAG, _KEY), "reminders:add",
    ),
    Command(
        "list", "[WORDS…]", "What is open; WORDS search in titles, projects and tags.",
        ("ask list", "ask list dentist", 'ask list --due "end of week" --kind task', "ask list --state done"),
        (
            Option("--kind", "text", "Only one kind.", choices=("task", "schedule", "job", "request")),
            Option("--state", "text", "Only one state.", metavar="S"), _DUE, _PROJECT,
            Option("--tag", "text", "Only with this tag.", metavar="T"),
            _ALL, _LIMIT,
        ),
        "looking:list_items",
    ),
    Command("show", "ID", "All that is known of an item.", ("ask show 12",), (), "looking:show"),
    Command("why", "WORDS…", "Why an item is as it is, in one sentence.", ("ask why 12", 'ask why "no ring at 23:10"'),
            (), "looking:why"),
    Command("done", "ID…", "It is done: no more rings.", ("ask done 12", "ask done 12 13 14"), (), "changing:done"),
    Command("ack", "ID…", "Seen: it stops ringing.", ("ask ack 28",), (), "changing:ack"),
    Command("answer", "ID [VALUE…]", "Answer a question: a choice, a text, or its fields.",
            ("ask answer 31 yes", "ask answer 32 amount=50 to=ada"), (), "answering:answer"),
    Command(
        "approve", "ID…", "It may be done, exactly as it was shown, or as you edit it.",
        (
            "ask approve 31", "ask approve 31 32 33", "ask approve 31 --edit subject='Offer, third version'",
            "ask approve 31 --edit body=@-",
        ),
        (
            Option("--edit", "many", "Change an input or a field first; @- reads stdin, @FILE a file.",
                   metavar="NAME=VALUE"),
        ),
        "answering:approve",
    ),
    Command("deny", "ID…", "It must not be done.", ("ask deny 31", "ask deny 31 --why 'not to them'"),
            (Option("--why", "text", "The reason, for the record.", metavar="TEXT"),), "answering:deny"),
    Command("retry", "ID…", "Fresh attempts for a job that failed.", ("ask retry 30",), (), "answering:retry"),
    Command(
        "resolve", "ID", "Say whether what was cut off took effect.",
        ("ask resolve 44 --happened", "ask resolve 44 --did-not"),
        (
            Option("--happened", "flag", "It did: it is not done again."),
            Option("--did-not", "flag", "It did not: it is tried again."),
            Option("--output", "text", "What it gave, as JSON; - reads stdin.", metavar="JSON"),
        ),
        "answering:resolve",
    ),
    Command("reply", "TOKEN", "An answer that comes back from a channel's program; - reads a token a line.",
            ("ask reply 31-approve-…", "ask reply -"), (), "replying:reply"),
    Command("snooze", "ID WHEN…", "Ring later, under the same number.",
            ("ask snooze 12 1h", "ask snooze 12 until monday 9:00"),
            (), "changing:snooze"),
    Command("cancel", "ID…", "End it: drop a task, end a series, stop a job.",
            ("ask cancel 14", "ask cancel 30 --keep"),
            (Option("--keep", "flag", "Of a job: do not undo what it did."),), "changing:cancel"),
    Command("pause", "ID…", "Let it rest until it is resumed.", ("ask pause 14",), (), "changing:pause"),
    Command("resume", "ID…", "Let it go on.", ("ask resume 14",), (), "changing:resume"),
    Command(
        "edit", "ID [TEXT…]", "Change an item; TEXT is its new title.",
        ("ask edit 12 --at friday 9:00", "ask edit 12 call the other dentist", "ask edit 5 --due none --priority high"),
        (
            _AT, _EVERY, _DUE, _PRIORITY, _PROJECT, _TAG, _CHANNEL, _SEVERITY, _LATE, _USELESS, _ACK, _REPEAT,
            Option("--state", "text", "open or waiting, for a task.", choices=("open", "waiting")),
        ),
        "changing:edit",
    ),
    Command("undo", "", "Take back the latest command, whole.", ("ask undo",), (), "changing:undo"),
    Command(
        "log", "[ID]", "What happened, the newest last.", ("ask log", "ask log 12", "ask log --limit 200"),
        (Option("--all", "flag", "All, not the last 50."), _LIMIT),
        "looking:log",
    ),
    Command(
        "trace", "ID", "How a job went: steps, attempts, waits and messages, with their times.",
        ("ask trace 30", "ask trace 30 --json"), (), "tracing:show_trace",
    ),
    Command(
        "inbox", "", "What needs you, the most pressing first.", ("ask inbox", "ask inbox -i", "ask inbox --limit 5"),
        (Option("--interactive", "flag", "One by one, with keys.", short="-i"), _ALL, _LIMIT), "inbox:inbox",
    ),
    Command(
        "brief", "[HH:MM]", "The day on one screen: what needs you, what is due, what went wrong.",
        ("ask brief", "ask brief --day tomorrow", "ask brief --ack", "ask brief --install 8:00"),
        (
            Option("--day", "text", "Of which day.", metavar="WHEN"),
            Option("--markdown", "flag", "As Markdown."),
            Option("--all", "flag", "Also what was acknowledged."),
            Option("--ack", "flag", "What is shown stays away until it changes."),
            Option("--install", "flag", "Send it every day, at HH:MM or at brief_time."),
            Option("--uninstall", "flag", "Send it no more."),
        ),
        "briefing:brief",
    ),
    Command(
        "agenda", "", "What comes, day by day.", ("ask agenda", "ask agenda --days 14"),
        (Option("--days", "whole", "How many days.", metavar="N"),), "briefing:agenda",
    ),
    Command(
        "stats", "", "How well it goes: completed, retried, late and missed, by workflow.",
        ("ask stats", "ask stats --since 7d"),
        (Option("--since", "text", "How far back.", metavar="DUR"),), "briefing:stats",
    ),
    Command(
        "when", "PHRASE…", "How time words are read, and the next times.",
        ("ask when first monday of the month at 10am", "ask when -"),
        (Option("--next", "whole", "How many of the next times.", short="-n", metavar="N"),), "looking:when",
    ),
    Command(
        "run-due", "", "Advance all that is due; what cron calls.",
        ("ask run-due", "ask run-due --json", "ask run-due --dry-run"),
        (
            Option("--budget", "text", "Begin nothing new after this long.", metavar="50s"),
            Option("--dry-run", "flag", "Say what is due, and do nothing."),
        ),
        "ticking:run_due",
    ),
    Command(
        "watch", "", "Tick in this window and show what rings.", ("ask watch", "ask watch --rings 1"),
        (Option("--rings", "whole", "Stop after so many rings.", metavar="N"),), "ticking:watch",
    ),
    Command(
        "install", "", "Let the system's scheduler tick every minute.",
        ("ask install", "ask install --cron --dry-run"),
        (
            Option("--cron", "flag", "By crontab."), Option("--launchd", "flag", "By a launchd agent."),
            Option("--systemd", "flag", "By a systemd user timer."), Option("--dry-run", "flag", "Only show it."),
            Option("--no-wait", "flag", "Do not wait for the first tick."),
        ),
        "system:install",
    ),
    Command("uninstall", "", "Take the scheduler's entry out.", ("ask uninstall",), (), "system:uninstall"),
    Command("doctor", "", "Check all that a ring depends on.", ("ask doctor",), (), "system:doctor"),
    Command("backup", "[FILE]", "Copy the store, and check the copy.", ("ask backup", "ask backup copy.db"), (),
            "system:backup"),
    Command("restore", "FILE", "Put a good copy in the store's place.", ("ask restore copy.db",), (), "system:restore"),
    Command("export", "[FILE]", "All that is kept, as JSON.", ("ask export all.json",), (), "system:export"),
    Command("import", "FILE", "Take in what is open and set up in an export.", ("ask import all.json",), (),
            "system:import_file"),
    Command("pref set", "NAME VALUE…", "Set a preference.",
            ("ask pref set timezone Europe/Berlin",), (), "settings:pref_set"),
    Command("pref get", "NAME", "Show a preference.", ("ask pref get timezone",), (), "settings:pref_get"),
    Command("pref list", "", "All preferences, their meaning and value.", ("ask pref list",), (), "settings:pref_list"),
    Command("pref unset", "NAME", "Go back to the default.", ("ask pref unset timezone",), (), "settings:pref_unset"),
    Command("channel add", "NAME URL",
            "Add a way to reach you; ntfy's buttons answer, too, where ?answers=TOPIC is.",
            (
                "ask channel add phone ntfy://ntfy.sh/my-topic",
                "ask channel add phone 'ntfys://me:pw@ntfy.example.com/me?answers=me-answers'",
                "ask channel add out file:///tmp/out.jsonl",
            ),
            (), "settings:channel_add"),
    Command("channel list", "", "The ways to reach you.", ("ask channel list",), (), "settings:channel_list"),
    Command("channel test", "NAME", "Send a test message now.",
            ("ask channel test phone",), (), "settings:channel_test"),
    Command("channel remove", "NAME", "Remove a channel.",
            ("ask channel remove phone",), (), "settings:channel_remove"),
    Command("source add", "NAME URL", "Add a source of events: a calendar, a folder or a program.",
            (
                "ask source add work calendar:///home/me/work.ics",
                "ask source add scans folder:///home/me/scans --every 1m",
                "ask source add tickets command:///home/me/bin/tickets --every 10m",
            ),
            (Option("--every", "text", "How often it is looked at: 5m unless said, at least 1m.", metavar="DUR"),),
            "sources:source_add"),
    Command("source list", "", "The sources of events, and how they are.", ("ask source list",), (),
            "sources:source_list"),
    Command("source test", "NAME", "Look now, and show what it would tell; nothing is kept.",
            ("ask source test work",), (), "sources:source_test"),
    Command("source remove", "NAME", "Look at a source no more.",
            ("ask source remove work",), (), "sources:source_remove"),
    Command("secret set", "NAME", "Keep a secret; its value is typed unseen, or read from stdin.",
            ("ask secret set github-token", "ask secret set github-token --file"),
            (Option("--file", "flag", "Keep it in a file of mode 0600, not in the keyring."),), "secrets:secret_set"),
    Command("secret list", "", "The names of secrets, and where each is kept.", ("ask secret list",), (),
            "secrets:secret_list"),
    Command("secret remove", "NAME", "Remove a secret.",
            ("ask secret remove github-token",), (), "secrets:secret_remove"),
    Command(
        "run", "WORKFLOW [NAME=VALUE…]", "Start a job of a workflow; the next tick begins it.",
        ("ask run weekly-report", "ask run follow-up person=ada --key call-7", "ask run backup --at tonight"),
        (
            Option("--key", "text", "A key makes one job, for ever; again it gives the first one.", metavar="KEY"),
            Option("--at", "text", "Begin it then.", metavar="WHEN"),
        ),
        "running:run",
    ),
    Command(
        "emit", "EVENT", "Say that something happened: it wakes waits and starts jobs.",
        ("ask emit ticket.changed --data '{\"id\": 5}' --key 5-1", "ask emit build.done --data -"),
        (
            Option("--data", "text", "What happened, as JSON; - reads it from stdin.", metavar="JSON"),
            Option("--key", "text", "A key makes one event, for ever.", metavar="KEY"),
        ),
        "running:emit",
    ),
    Command(
        "model use", "NAME…", "Use a language model; further names are its fallbacks.",
        (
            "ask model use openai/gpt-5-mini --secret openai",
            "ask model use ollama/llama3", "ask model use openai/local --base-url http://localhost:8080/v1",
        ),
        (
            Option("--base-url", "text", "Where it is asked, unless where its provider is.", metavar="URL"),
            Option("--secret", "text", "The secret that is its key.", metavar="NAME"),
        ),
        "models:use",
    ),
    Command(
        "do", "TEXT…", "Say it in a sentence; see the plan, then confirm it.",
        (
            'ask do "move the dentist to friday at 9"', 'ask do "add milk; remind me to call mum tomorrow at 9"',
            "ask do -y remind me to stretch in 10 minutes",
        ),
        (), "doing:do",
    ),
    Command("model list", "", "The models, whether their keys are there, and what they cost today.",
            ("ask model list",), (), "models:list_all"),
    Command("model test", "", "Ask for one short draft, for real.", ("ask model test",), (), "models:test"),
    Command("workflow add", "FILE", "Keep a workflow file: its schedules and events start jobs from now on.",
            ("ask workflow add follow-up.yaml", "ask workflow add -"), (), "kept_workflows:add"),
    Command("workflow list", "", "The workflows, when each runs next, and what is open.",
            ("ask workflow list",), (), "kept_workflows:list_all"),
    Command("workflow show", "NAME", "All that is known of a workflow.",
            ("ask workflow show follow-up", "ask workflow show follow-up --version 1"),
            (Option("--version", "whole", "An older one.", metavar="N"),), "kept_workflows:show"),
    Command("workflow remove", "NAME", "Take a workflow out; its open jobs go on.",
            ("ask workflow remove follow-up", "ask workflow remove follow-up --cancel"),
            (Option("--cancel", "flag", "Stop its open jobs too."),), "kept_workflows:remove"),
    Command("workflow pause", "NAME", "Let it rest: nothing starts it until it is resumed.",
            ("ask workflow pause follow-up",), (), "kept_workflows:pause"),
    Command("workflow resume", "NAME", "Let it go on.", ("ask workflow resume follow-up",), (),
            "kept_workflows:resume"),
    Command("workflow move", "ID", "Let an open job go on with another version.",
            ("ask workflow move 30", "ask workflow move 30 --version 2"),
            (Option("--version", "whole", "The newest, unless it is said.", metavar="N"),), "kept_workflows:move"),
    Command("workflow check", "FILE", "Check a workflow file: every error with its place and the fix.",
            ("ask workflow check follow-up.yaml", "ask workflow check -"), (), "workflows:check"),
    Command(
        "workflow graph", "NAME|FILE", "Draw the states of a workflow, as lines, as Mermaid or as SVG.",
        (
            "ask workflow graph follow-up.yaml", "ask workflow graph follow-up --mermaid",
            "ask workflow graph follow-up --svg follow-up.svg",
        ),
        (
            Option("--mermaid", "flag", "As a Mermaid flowchart."),
            Option("--svg", "text", "As SVG, into a file; - writes it to stdout.", metavar="FILE"),
        ),
        "workflow_graph:graph",
    ),
    Command(
        "workflow test", "FILE", "Play a workflow in virtual time, with stand-ins for its effects.",
        (
            "ask workflow test follow-up.yaml", "ask workflow test follow-up.yaml --adversarial",
            "ask workflow test follow-up.yaml --story 31 --seed 7",
        ),
        (
            Option("--adversarial", "flag", "Somebody acts, or all stops, at every boundary."),
            Option("--seeds", "whole", "So many stories by chance, and shares of the moments.", metavar="N"),
            Option("--seed", "whole", "What chance and the shares begin with; 7 unless given.", metavar="S"),
            Option("--story", "whole", "Tell one story, line by line.", metavar="N"),
            Option("--accept", "many", "A step that may happen twice.", metavar="STEP"),
            Option("--input", "many", "An input of the job.", metavar="NAME=VALUE"),
            Option("--event", "text", "What the data of its events hold.", metavar="JSON"),
        ),
        "proving:test",
    ),
    Command(
        "simulate", "", "What would happen, without doing it.",
        ("ask simulate --for 7d", "ask simulate --for 2d --workflow follow-up.yaml"),
        (
            Option("--for", "text", "How far ahead; 7d unless given.", metavar="DUR"),
            Option("--workflow", "text", "As if this file were added.", metavar="FILE"),
        ),
        "proving:simulate",
    ),
)  # fmt: skip
BARE = Command(
    "", "", "What needs you, and what is next.",
    ("ask", "ask remind me to call mum tomorrow at 6pm", "ask add buy stamps", "ask list --due today"),
    (Option("--version", "flag", "Say which version this is."),), "looking:bare",
)  # fmt: skip
GROUPS = {
    "pref": "Preferences.", "channel": "Ways to reach you.", "secret": "Secrets, for headers, env and stdin.",
    "source": "Sources of events.", "model": "Language models.", "workflow": "Workflows in files.",
}  # fmt: skip


def command(name: str) -> Command | None:
    """The command of a name."""
    for known in COMMANDS:
        if known.name == name:
            return known
    return None
