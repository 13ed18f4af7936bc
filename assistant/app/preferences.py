"""The preferences: name, meaning, default, and how each is read. A wrong value is refused with the right form."""

from assistant.app.preference_forms import (
    PEOPLE_FORM,
    amount,
    any_text,
    attention_limit,
    clock,
    country,
    day,
    days,
    escalation,
    language,
    locale,
    models,
    money,
    names_of,
    one_of,
    people,
    quiet_hours,
    sections,
    zone,
)
from assistant.core.quiet import DAYS
from assistant.errors import NotFound
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Preference(Value):
    """One preference. `normal` gives the text that is kept, or a UsageError."""

    __slots__ = ("name", "meaning", "default", "form", "normal")
    name: str
    meaning: str
    default: str | None
    form: str
    normal: "Callable[[str], str]"


PREFERENCES: tuple[Preference, ...] = (
    Preference("timezone", "the zone that times are meant in", None, "Europe/Berlin", zone),
    Preference("language", "the language of time words", "en", "en", language),
    Preference("locale", "how numeric dates are read, where date_order is not set", None, "en-GB", locale),
    Preference("date_order", "whether 3/4 is March 4 or 3 April", None, "dmy",
               one_of("date_order", "mdy", "dmy", "ymd")),
    Preference("week_start", "the first day of a week", "monday", "monday", day),
    Preference("default_time", "the time of a day without one", "09:00", "09:00", clock),
    Preference("working_days", "the days on which business is done", ",".join(DAYS[:5]), "monday-friday", days),
    Preference("country", "whose public holidays count", None, "DE", country),
    Preference("morning", "when morning is", "08:00", "08:00", clock),
    Preference("lunch", "when lunch is", "12:00", "12:00", clock),
    Preference("afternoon", "when afternoon is", "15:00", "15:00", clock),
    Preference("evening", "when evening is", "18:00", "18:00", clock),
    Preference("tonight", "when tonight is", "20:00", "20:00", clock),
    Preference("channel", "where messages go when nothing else is said", "terminal", "phone", any_text),
    Preference("quiet_hours", "when messages wait, but those of severity high", None, "22:00-07:00", quiet_hours),
    Preference("attention_limit", "the most messages an hour, and a day; others wait, low ones go out as one", None,
               "6/h, 20/d", attention_limit),
    Preference("approve_always", "what you are always asked about: kinds of action, workflows, workflow.step, services",
               None, "mail,bills,bills.pay", names_of("approve_always")),
    Preference("approve_never", "what acts unasked, also mail and changes by HTTP", None, "notes.send",
               names_of("approve_never")),
    Preference("approve_over", "the amount above which you are asked, whatever approve_never says", None, "50 EUR",
               amount),
    Preference("escalation", "how what must be answered goes on, where it says nothing itself: repeats; then rungs",
               "15m", "15m,1h; 2h tell eve; 1 business day task", escalation),
    Preference("model", "the models, as litellm names them: the first is used, the others are its fallbacks", None,
               "openai/gpt-5-mini", models),
    Preference("model_budget_usd_per_day", "the most that models may cost a day", "0.50", "0.50",
               money("model_budget_usd_per_day", "0.50")),
    Preference("model_budget_usd_per_job", "the most that models may cost a job", "0.10", "0.10",
               money("model_budget_usd_per_job", "0.10")),
    Preference("offline", "on: only models on your own network are asked", "off", "on",
               one_of("offline", "on", "off")),
    Preference("brief_time", "when the daily brief is written", None, "08:00", clock),
    Preference("brief_sections", "the sections of the brief, in order", None, '["needs you", "today"]', sections),
    Preference("brief_lead", "off: no paragraph by a model on top of the brief", "on", "off",
               one_of("brief_lead", "on", "off")),
    Preference("brief_format", "how the brief is written", None, "text", one_of("brief_format", "text", "markdown")),
    Preference("people", "who is who: owner, deputy, manager, mail, channel, away_until", None, PEOPLE_FORM, people),
)  # fmt: skip


def preference(name: str) -> Preference:
    """The preference of a name."""
    for known in PREFERENCES:
        if known.name == name:
            return known
    import difflib

    near = difflib.get_close_matches(name, [known.name for known in PREFERENCES], 1)
    hint = f"did you mean {near[0]}?" if near else "ask pref list shows all"
    raise NotFound(f"There is no preference {name!r}.", hint)
