"""No rule, however odd or hostile, costs more than a moment or raises anything but a refusal."""

import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import perf_counter, process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.when import rule, say, written
from assistant.when.values import Conventions

ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE, country="DE")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HEAD = "DTSTART:20260101T040000\nRRULE:"

NEVER = (
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;INTERVAL=999999999;BYHOUR=3;BYMINUTE=7;BYSECOND=1",
    "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
    "FREQ=MINUTELY;INTERVAL=1441;BYHOUR=5;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=31",
    "FREQ=WEEKLY;BYSETPOS=300",
    "FREQ=YEARLY;BYMONTH=1;BYSETPOS=300",
    "FREQ=DAILY;BYSETPOS=2",
    "FREQ=MINUTELY;BYSETPOS=5",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;BYDAY=MO",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTH=2",
    "FREQ=DAILY;INTERVAL=1000000000",
    "FREQ=WEEKLY;INTERVAL=1000000000",
    "FREQ=MONTHLY;INTERVAL=1000000000",
    "FREQ=YEARLY;INTERVAL=1000000000",
)
HUGE = (
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;INTERVAL=1000000000",
    "FREQ=SECONDLY;COUNT=1000000000",
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=0;BYMINUTE=0;BYSECOND=0",
    "FREQ=MONTHLY;BYSETPOS=-1;BYHOUR={};BYMINUTE={};BYSECOND={}".format(
        *(",".join(map(str, range(n))) for n in (24, 60, 60))
    ),
)


@pytest.mark.parametrize("text", NEVER)
def test_a_rule_that_never_comes_again_says_so_soon(text: str) -> None:
    """The search ends where the calendar begins to repeat itself."""
    began = process_time()
    assert rule.next_after(HEAD + text, NOW, ZONE, BERLIN) is None
    assert rule.span(HEAD + text, NOW, NOW + timedelta(days=3652), ZONE, BERLIN) is None
    assert process_time() - began < 1


@pytest.mark.parametrize("text", HUGE)
def test_a_huge_rule_is_counted_over_ten_years_soon(text: str) -> None:
    """Days are counted at once."""
    began = process_time()
    rule.next_after(HEAD + text, NOW, ZONE, BERLIN)
    rule.span(HEAD + text, NOW, NOW + timedelta(days=3652), ZONE, BERLIN)
    rule.previous(HEAD + text, NOW, ZONE, BERLIN)
    say.rule(HEAD + text, ZONE, BERLIN)
    assert process_time() - began < 1


def test_a_year_of_minutes_is_counted_within_fifty_milliseconds() -> None:
    """What a tick pays after a year asleep; the best of five, for the machine may be busy."""
    best = 1.0
    for _ in range(5):
        began = perf_counter()
        rule.span("DTSTART:20200101T000000\nRRULE:FREQ=MINUTELY", NOW - timedelta(days=365), NOW, ZONE, BERLIN)
        best = min(best, perf_counter() - began)
    assert best < 0.05


def test_a_thousand_years_of_slots_need_no_memory() -> None:
    """Slots come one by one and leave nothing behind."""
    slots = rule.slots("DTSTART:20261124T090000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9,17", NOW, ZONE, BERLIN)
    sum(1 for _ in islice(slots, 1000))
    tracemalloc.start()
    number = sum(1 for _ in islice(slots, 24 * 1000))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 24 * 1000
    assert next(slots).year > 3000
    assert peak < 100_000


@pytest.mark.parametrize("moment", [datetime.max, datetime.min, datetime(9998, 12, 31), datetime(1, 1, 3)])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Niue"])
def test_the_ends_of_the_calendar_are_ends_of_rules(moment: datetime, zone: str) -> None:
    """No overflow, wherever somebody asks."""
    at, far = moment.replace(tzinfo=UTC), datetime(9998, 11, 24, tzinfo=UTC)
    for text in (
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z",
        "RDATE:99991231",
    ):
        kept = f"DTSTART:20261124T090000\n{text}"
        rule.next_after(kept, at, zone, BERLIN)
        rule.span(kept, at, min(at, far) + timedelta(days=400), zone, BERLIN)
        rule.previous(kept, at, zone, BERLIN)
    rule.next_after("DTSTART:20261124T090000Z\nX-ASK-ELAPSED:PT2H", at, zone, BERLIN)


def test_a_distance_beyond_the_calendar_is_refused() -> None:
    """Counting from completion may not overflow either."""
    for distance in ("P999999D", "P99999999D", "P99999Y", "P120000M", "PT999999999H"):
        with pytest.raises(ValueError, match="beyond the calendar"):
            rule.after_done(
                f"DTSTART:20260101T090000\nX-ASK-AFTER-DONE:{distance}", NOW.replace(year=9000), ZONE, BERLIN
            )


_PIECES = st.sampled_from(
    [
        "DTSTART",
        "DTSTART;TZID=Europe/Berlin:",
        "RRULE",
        "RRULE:",
        "EXDATE:",
        "RDATE:",
        "X-ASK-CRON:",
        "X-ASK-ELAPSED:",
        "X-ASK-EXCEPT:HOLIDAYS",
        "X-ASK-BUSINESS-DAY:",
        "X-ASK-AFTER-DONE:",
        "FREQ=",
        "YEARLY",
        "MONTHLY",
        "WEEKLY",
        "DAILY",
        "HOURLY",
        "MINUTELY",
        "SECONDLY",
        ";",
        ",",
        ":",
        "=",
        "\n",
        "-",
        "+",
        "*",
        "BYMONTH=",
        "BYMONTHDAY=",
        "BYDAY=",
        "BYSETPOS=",
        "BYHOUR=",
        "BYWEEKNO=",
        "BYYEARDAY=",
        "INTERVAL=",
        "COUNT=",
        "UNTIL=",
        "WKST=",
        "MO",
        "TU",
        "SU",
        "1",
        "0",
        "-1",
        "31",
        "53",
        "366",
        "1000000000",
        "20261124T090000",
        "20261124T090000Z",
        "20261124",
        "PT2H",
        "P3D",
        "P1M",
        "T",
        "Z",
        "é",
        "٣",
        "\x00",
        "@daily",
        "99999999",
    ]
)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=60)))
def test_any_text_is_a_rule_or_is_refused_with_words(text: str) -> None:
    """Only ValueError, with something to read; what is kept can be used everywhere."""
    try:
        kept = rule.normal(text, NOW, BERLIN)
    except ValueError as refusal:
        assert len(str(refusal)) > 10
        return
    assert written.write(rule.parse(kept)) == kept
    assert rule.normal(kept, NOW, BERLIN) == kept
    assert say.rule(kept, ZONE, BERLIN)
    assert list(islice(rule.slots(kept, NOW, ZONE, BERLIN), 3)) is not None
    say.dst_notes(kept, ZONE, NOW, BERLIN)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "0",
                "1",
                "5",
                "7",
                "31",
                "59",
                "60",
                "*",
                "/",
                "-",
                ",",
                "#",
                "L",
                "W",
                "?",
                "MON",
                "FRI",
                "JAN",
                "@",
                "x",
            ]
        ),
        max_size=12,
    ),
    st.integers(3, 6),
)
def test_any_cron_expression_is_a_rule_or_is_refused_with_words(pieces: list[str], fields: int) -> None:
    """Only ValueError, as for every other rule."""
    text = "cron: " + " ".join(["".join(pieces[at::fields]) or "*" for at in range(fields)])
    try:
        kept = rule.normal(text, NOW, BERLIN)
    except ValueError as refusal:
        assert len(str(refusal)) > 10
        return
    assert rule.next_after(kept, NOW, ZONE, BERLIN) is not None
    assert say.rule(kept, ZONE, BERLIN)


def test_common_rules_load_nothing_heavy() -> None:
    """The next slot and the words of a rule cost no import beyond datetime and zoneinfo: start-up pays for each."""
    code = (
        "import sys\n"
        "from datetime import datetime, timezone\n"
        "before = set(sys.modules)\n"
        "from assistant.when import rule, say\n"
        "from assistant.when.values import Conventions\n"
        "now, berlin = datetime(2026, 11, 24, tzinfo=timezone.utc), Conventions('Europe/Berlin')\n"
        "for text in ('DTSTART:20261124T090000\\nRRULE:FREQ=MONTHLY;BYDAY=-1FR', 'X-ASK-CRON:30 8 * * 1-5',\n"
        "             'DTSTART:20261124T090000Z\\nX-ASK-ELAPSED:PT2H'):\n"
        "    say.instant(rule.next_after(text, now, 'Europe/Berlin', berlin), 'Europe/Berlin', now)\n"
        "    say.rule(text, 'Europe/Berlin', berlin)\n"
        "heavy = {'dateutil', 'croniter', 'holidays', 're', 'typing', 'dataclasses', 'collections', 'enum'}\n"
        "print(sorted((set(sys.modules) - before) & heavy))\n"
    )
    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"
