"""What is said of a rule, read again, is the same rule: the same slots from now on."""

from datetime import UTC, datetime, timedelta
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.when import read, rule, say
from assistant.when.values import Conventions

ZONE = "Europe/Berlin"
BERLIN = Conventions(ZONE, country="DE")
NOW = datetime(2026, 11, 24, 11, 17, tzinfo=UTC)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

hours = st.integers(0, 23)
quarters = st.sampled_from((0, 5, 15, 25, 30, 45, 59))
days_of_week = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=6, unique=True).map(
    lambda days: ",".join(sorted(days, key=WEEKDAYS.index))
)
days_of_month = st.lists(st.integers(1, 28), min_size=1, max_size=3, unique=True).map(sorted)
months = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(sorted)
first_days = st.integers(-900, 400).map(lambda days: datetime(2026, 11, 24) + timedelta(days=days))


def numbers(found: list[int]) -> str:
    return ",".join(map(str, found))


@st.composite
def which_days(draw: st.DrawFn) -> str:
    """What repeats: the part of a rule that names days."""
    kind = draw(st.integers(1, 11))
    interval = draw(st.sampled_from(("", "", ";INTERVAL=2", ";INTERVAL=3")))
    nth, day = draw(st.sampled_from(("1", "2", "3", "4", "-1", "-2"))), draw(st.sampled_from(WEEKDAYS))
    if kind == 1:
        return f"FREQ=DAILY{interval}"
    if kind in (2, 3):
        return f"FREQ=WEEKLY{interval};BYDAY={draw(days_of_week)}"
    if kind == 4:
        return f"FREQ=MONTHLY{interval};BYMONTHDAY={numbers(draw(days_of_month))}"
    if kind == 5:
        return f"FREQ=MONTHLY{interval};BYMONTHDAY=-1"
    if kind == 6:
        return f"FREQ=MONTHLY{interval};BYDAY={nth}{day}"
    if kind == 7:
        return f"FREQ=YEARLY{interval};BYMONTH={draw(st.integers(1, 12))};BYMONTHDAY={draw(st.integers(1, 28))}"
    if kind == 8:
        return f"FREQ=YEARLY{interval};BYMONTH={draw(st.integers(1, 12))};BYDAY={nth}{day}"
    if kind == 9:
        return f"FREQ=DAILY;BYMONTH={numbers(draw(months))}"
    if kind == 10:
        return f"FREQ=WEEKLY;BYDAY={draw(days_of_week)};BYMONTH={numbers(draw(months))}"
    return f"FREQ=YEARLY;BYWEEKNO={draw(st.integers(1, 52))};BYDAY={day}"


@st.composite
def calendar_rules(draw: st.DrawFn) -> str:
    """A kept rule by the calendar, with one time, several, or a ladder, and perhaps an end and exceptions."""
    days = draw(which_days())
    first = draw(first_days).replace(hour=draw(hours), minute=draw(quarters))
    clock = ""
    kind = draw(st.integers(1, 5))
    if kind == 1:
        first = first.replace(hour=0)  # a first day cut short has no words
        clock = f";BYHOUR={numbers(sorted(draw(st.lists(hours, min_size=2, max_size=3, unique=True))))}"
    elif kind == 2 and ("FREQ=DAILY" in days or "FREQ=WEEKLY" in days) and "INTERVAL" not in days:
        first, begin = first.replace(hour=0, minute=0), draw(st.integers(0, 18))
        clock = f";BYHOUR={numbers(list(range(begin, begin + draw(st.integers(2, 5)))))};BYMINUTE=0,15,30,45"
    ending = draw(st.sampled_from(("", "", ";COUNT=7", f";UNTIL={first + timedelta(days=900):%Y%m%d}T235959")))
    except_holidays = draw(st.sampled_from(("", "", "\nX-ASK-EXCEPT:HOLIDAYS")))
    return f"DTSTART:{first:%Y%m%dT%H%M%S}\nRRULE:{days}{clock}{ending}{except_holidays}"


def assert_read_back(text: str) -> None:
    if rule.next_after(text, NOW, ZONE, BERLIN) is None:
        return  # it is over; what is said of it is history
    words = say.rule(text, ZONE, BERLIN, NOW)
    reading = read.read(words, NOW, BERLIN)
    assert reading.rule is not None, f"{words!r} is not read: {reading.unplaced} {reading.hint}"
    assert reading.message == "", f"{words!r} leaves {reading.message!r}"
    expected, found = (list(islice(rule.slots(kept, NOW, ZONE, BERLIN), 25)) for kept in (text, reading.rule))
    assert found == expected, f"{words!r} is read as {reading.rule!r}"


@settings(max_examples=400, deadline=None, derandomize=True)
@given(calendar_rules())
def test_a_rule_by_the_calendar_is_read_back_from_its_words(text: str) -> None:
    """Days, times, ends and exceptions."""
    assert_read_back(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 90), st.sampled_from(("H", "M")), first_days, hours, st.sampled_from(("", ";COUNT=5")))
def test_a_rule_that_elapses_is_read_back_from_its_words(
    size: int, unit: str, day: datetime, hour: int, end: str
) -> None:
    """With its anchor, in the wall time of the zone."""
    assert_read_back(f"DTSTART:{day.replace(hour=hour):%Y%m%dT%H%M%SZ}\nX-ASK-ELAPSED:PT{size}{unit}{end}")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 60), st.sampled_from(("P{}D", "P{}W", "P{}M", "PT{}H")), hours, quarters)
def test_a_rule_from_completion_is_read_back_from_its_words(size: int, form: str, hour: int, minute: int) -> None:
    """The distance and the time of day."""
    text = f"DTSTART:20261125T{hour:02d}{minute:02d}00\nX-ASK-AFTER-DONE:{form.format(size)}"
    words = say.rule(text, ZONE, BERLIN)
    reading = read.read(words, NOW, BERLIN)
    assert reading.rule is not None, words
    assert rule.after_done(reading.rule, NOW, ZONE, BERLIN) == rule.after_done(text, NOW, ZONE, BERLIN), words


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 4), st.integers(-3, 3).filter(bool), first_days, hours)
def test_a_business_day_of_the_month_is_read_back_from_its_words(step: int, nth: int, day: datetime, hour: int) -> None:
    """Counted from either end of the month."""
    interval = f";INTERVAL={step}" if step > 1 else ""
    assert_read_back(
        f"DTSTART:{day.replace(hour=hour):%Y%m%dT%H%M%S}\nRRULE:FREQ=MONTHLY{interval}\nX-ASK-BUSINESS-DAY:{nth}"
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.datetimes(datetime(2026, 11, 25), datetime(2035, 1, 1)))
def test_an_instant_is_read_back_from_its_words(at: datetime) -> None:
    """Date, time and zone; the distance after the dot is for people."""
    instant = at.replace(second=0, microsecond=0, tzinfo=UTC)
    words = say.moment(instant, ZONE)
    reading = read.read(words, NOW, BERLIN)
    assert reading.at == instant, words
