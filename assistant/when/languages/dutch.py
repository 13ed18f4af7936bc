"""Dutch."""

from assistant.when.languages.table import Language

ONES = (
    "nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
    "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
PLACES = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde",
    "twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende",
    "twintigste",
)  # fmt: skip


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {"één": 1, "honderd": 100}
    for place, ten in enumerate(TENS, start=2):
        found[ten] = place * 10
        for value in range(1, 10):
            found[ONES[value] + "en" + ten] = place * 10 + value
    return found


def _ordinals() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(PLACES, start=1)}
    found |= {ONES[value] + "entwintigste": 20 + value for value in range(1, 10)}
    return found | {"dertigste": 30, "eenendertigste": 31}


def _half_hours() -> str:
    """`halfacht` written as one word."""
    return "\n".join(f"half{ONES[hour]} = @{hour - 1 or 12}+30" for hour in range(1, 13))


WEEKDAYS = {
    "monday": "maandag", "tuesday": "dinsdag", "wednesday": "woensdag", "thursday": "donderdag", "friday": "vrijdag",
    "saturday": "zaterdag", "sunday": "zondag",
}  # fmt: skip
DAY_PARTS = {"morning": "ochtend morgen", "afternoon": "middag namiddag", "evening": "avond", "night": "nacht"}


def _compounds() -> str:
    """`vrijdagavond`."""
    return "\n".join(
        f"{weekday} {part}: " + " ".join(day + time for time in times.split())
        for weekday, day in WEEKDAYS.items()
        for part, times in DAY_PARTS.items()
    )


CLASSES = {
    "weekday-part": _compounds(),
    "w": """
        monday: maandag ma*
        tuesday: dinsdag di*
        wednesday: woensdag wo*
        thursday: donderdag do*
        friday: vrijdag vr* vrij*
        saturday: zaterdag za* zat*
        sunday: zondag zo* zon*
    """,
    "ws": """
        mondays: maandags
        tuesdays: dinsdags
        wednesdays: woensdags
        thursdays: donderdags
        fridays: vrijdags
        saturdays: zaterdags
        sundays: zondags
    """,
    "M": """
        january: januari jan*
        february: februari feb* febr*
        march: maart mrt*
        april: april apr*
        may: mei
        june: juni jun*
        july: juli jul*
        august: augustus aug*
        september: september sept* sep*
        october: oktober okt*
        november: november nov*
        december: december dec*
    """,
    "u": """
        seconds: seconde seconden sec
        minutes: minuut minuten min
        hours: uur uren
        days: dag dagen
        weeks: week weken
        months: maand maanden
        quarters: kwartaal kwartalen
        years: jaar jaren
        workdays: werkdag werkdagen
        weekends: weekend weekends weekeinde
    """,
    "per": """
        day: dag
        week: week
        month: maand
        quarter: kwartaal
        year: jaar
        weekend: weekend weekeinde
    """,
    "part": """
        morning: ochtend morgen voormiddag
        afternoon: middag namiddag
        evening: avond
        night: nacht
    """,
    "parts": """
        morning: ochtends morgens
        afternoon: middags
        evening: avonds
        night: nachts
    """,
    "day-part": """
        morning: morgenochtend
        afternoon: morgenmiddag
        evening: morgenavond
        night: morgennacht
    """,
    "which": """
        next: volgende volgend eerstvolgende
        coming: komende komend aanstaande
        this: deze dit
        last: vorige vorig afgelopen laatste
    """,
    "all": """
        every: elke elk iedere ieder
    """,
    "article": """
        a: een
    """,
    "edge": """
        end of: eind einde
        beginning of: begin
        middle of: midden medio
    """,
}
AMOUNTS = """
    (een) half uur = half an hour
    (een) halfuur = half an hour
    (een) half jaar = 6 months
    (een) kwartier = 15 minutes
    drie kwartier = 45 minutes
    anderhalf uur = 90 minutes
    anderhalf jaar = 18 months
    {n} en een half uur = {n} and a half hours
    tweeënhalf uur = 2 and a half hours
    (een) paar {u} = a couple of {u}
    enkele {u} = a few {u}
"""
CLOCKS = """
    half {h} = @h-30
    kwart voor {h} = @h-15
    kwart over {h} = @h+15
    {m} (minuten) voor half {h} = @h-30-m
    {m} (minuten) over half {h} = @h-30+m
    {m} (minuten) voor {h} (uur) = @h-m
    {m} (minuten) over {h} (uur) = @h+m
    {h} uur = {h} o'clock
    {h} uur {m} = @h+m
    {h} u = {h} o'clock
    middernacht = midnight
    twaalf uur 's middags = noon
    {h} uur precies = {h} o'clock
""" + _half_hours()
RULES = """
    (van) {w} tot (en) (met) {w2} van {clock} tot {clock2} = every {w} to {w2} from {clock} to {clock2}
    om|tegen|rond (ongeveer|circa) {clock} = at {clock}
    rond om {clock} = at {clock}
    (ongeveer|circa) om {clock} = at {clock}
    vanaf {clock} = from {clock}
    tot {clock} = until {clock}
    van {clock} tot {clock2} = from {clock} to {clock2}
    tussen {clock} en {clock2} = between {clock} and {clock2}
    {clock} tot {clock2} = {clock} to {clock2}
    voor {h} uur = before {h} o'clock
    na {h} uur = after {h} o'clock
    van {date} tot (en) (met) {date2} = from {date} to {date2}
    {date} tot en met {dated2} = {date} to {dated2}
    {dated} tot en met {date2} = {dated} to {date2}
    {date} t / m {dated2} = {date} to {dated2}
    {dated} t / m {date2} = {dated} to {date2}
    goede|goeden morgen|middag|avond|nacht|dag = ·
    nu en dan = ·
    tussen {date} en {date2} = between {date} and {date2}
    vandaag = today
    morgen = tomorrow
    overmorgen = day after tomorrow
    gisteren = yesterday
    eergisteren = day before yesterday
    nu|direct|onmiddellijk|meteen = now
    (op) deze dag = today
    {part} en {part2} = sometime
    {parts} en ' s {parts2} = sometime
    ' s {parts} en ' s {parts2} = sometime
    altijd (op) {w} = every {w}
    vanmorgen|vanochtend = this morning
    vanmiddag = this afternoon
    vanavond = this evening
    vannacht = tonight
    {day-part} = tomorrow {day-part}
    morgen {part} = tomorrow {part}
    morgen vroeg = tomorrow morning
    overmorgen {part} = day after tomorrow {part}
    vandaag {part} = today {part}
    gisteren {part} = yesterday {part}
    gisteravond = yesterday evening
    gistermiddag = yesterday afternoon
    gisterochtend|gistermorgen = yesterday morning
    {w} {part} = {w} {part}
    (op) {weekday-part} = {weekday-part}
    {all} {weekday-part} = every {weekday-part}
    in de {part} = in the {part}
    ' s {parts} = in the {parts}
    ' s {ws} = {ws}
    over {amount} = in {amount}
    in {amount} = in {amount}
    binnen {amount} = within {amount}
    {amount} geleden = {amount} ago
    {amount} voor = {amount} before
    {amount} na = {amount} after
    {amount} later = {amount} later
    voor|gedurende {amount} = for {amount}
    {amount} lang = for {amount}
    {w} over een week = {w} week
    voor = before
    na = after
    {which} {w} = {which} {w}
    (op) {which} {w} = {which} {w}
    {which} {M} = {which} {M}
    {which} {per} = {which} {per}
    (in) (het|de) {which} {per} = {which} {per}
    (de) komende {n} {u} = next {n} {u}
    {which} {n} {u} = {which} {n} {u}
    {h} uur = {h} o'clock
    {clock} in de {part} = {clock} in the {part}
    {clock} ' s {parts} = {clock} in the {parts}
    {ord} maand van {year} = {ord:n}/{year}
    (de) {ord} {w} van volgende maand = {ord} {w} of next month
    (de) {which} {n} {u} = {which} {n} {u}
    volgende week (op) {w} = {w} of next week
    (op) {w} volgende week = {w} of next week
    {w} (in) de volgende week = {w} of next week
    deze week (op) {w} = {w} of this week
    {w} (van) deze week = {w} of this week
    {all} {w} = every {w}
    (op) {all} {w} = every {w}
    {all} {w} {part} = every {w} {part}
    {all} tweede {u} = every other {u}
    {all} {ord} {w} van de maand = every {ord} {w} of the month
    {all} {ord} {w} = every {ord} {w}
    {all} laatste {w} (van) (de) (maand) = every last {w} of the month
    {all} {ord} {u} = every {ord} {u}
    {all} {u} = every {u}
    {all} {amount} = every {amount}
    {all} {part} = every {part}
    {all} nacht = every day at night
    {all} {ord} van de maand = every {ord} of the month
    {all} {d} {M} = every {M} {d}
    {all} twee {w} = every other {w}
    om de {amount} = every {amount}
    om de {w} = every other {w}
    om de andere {w} = every other {w}
    om de dag = every other day
    om de week = every other week
    om de maand = every other month
    (op) {all} werkdag = every business day
    (op) werkdagen = every business day
    doordeweeks = weekdays
    door de week = weekdays
    (in) (de) weekenden = weekends
    in het weekend = this weekend
    dagelijks = daily
    wekelijks = weekly
    tweewekelijks = every 2 weeks
    maandelijks = monthly
    jaarlijks = yearly
    {all} kwartaal = every quarter
    eenmaal|één keer per {per} = once a {per}
    een keer per {per} = once a {per}
    twee keer|maal per {per} = twice a {per}
    tweemaal per {per} = twice a {per}
    {n} keer|maal per {per} = {n} times a {per}
    {n} keer|maal = {n} times
    (de) {ord} {w} van de|elke maand = {ord} {w} of the month
    (de) {ord} {w} van|in {M} = {ord} {w} of {M}
    (de) laatste {w} van de|elke maand = last {w} of the month
    (de) laatste {w} van|in {M} = last {w} of {M}
    (de) laatste dag van de|elke maand = last day of the month
    (de) laatste dag van {M} = last day of {M}
    (de) eerste dag van de|elke maand = first day of the month
    (de) eerste werkdag van de|elke maand = first business day of the month
    (de) laatste werkdag van de|elke maand = last business day of the month
    laatste week van|in {M} = last week of {M}
    {ord} week van|in {M} = {ord} week of {M}
    (op) de {d} van elke maand = on the {d} of every month
    (op) de {d} en de {d2} van elke maand = on the {d} and {d2} of every month
    (op) de {d} van de maand = on the {d} of the month
    (het) {ord} kwartaal = {ord} quarter
    (het) {ord} kwartaal (van) {year} = {ord} quarter of {year}
    (aan) (het) {edge} van (de|het|deze|dit) {per} = {edge} the {per}
    {edge} {per} = {edge} the {per}
    {edge} volgende {per} = {edge} next {per}
    (aan|het) {edge} (van) {M} = {edge} {M}
    einde van de dag = end of day
    half {M} = middle of {M}
    week {n} = week {n}
    (de) week van {date} = week of {date}
    op = on
    op de {ord} = on the {ord}
    in = in
    vanaf = starting
    sinds = since
    tot (en) (met) = until
    uiterlijk (op) = by
    behalve (op) = except
    de dag voor {date} = the day before {date}
    de dag na {date} = the day after {date}
    en een half = and a half
    later = later
    ooit = sometime
    niet|nooit = not
    vergeet niet (om) = ·
    zonder = without
    en = and
    of = or
    de {d} {M} = the {d} {M}
    de {n} = ·
    de|het = the
    feestdagen = holidays
    (met) pasen = easter
    eerste paasdag = easter
    tweede paasdag = easter monday
    paasmaandag = easter monday
    goede vrijdag = good friday
    hemelvaartsdag = ascension day
    (met) pinksteren = pentecost
    tweede pinksterdag = whit monday
    (met) kerst|kerstmis = 25 december
    eerste kerstdag = 25 december
    tweede kerstdag = 26 december
    kerstavond = 24 december
    oudejaarsavond|oudjaar = 31 december
    nieuwjaar|nieuwjaarsdag = 1 january
    koningsdag = 27 april
    herinner mij|me = remind me
"""
DUTCH = Language(
    "nl",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        herinner|herinnert me|mij
        (kun|wil) (je) me herinneren
    """,
    after_openers="eraan er aan om te dat ook",
    ordinal_endings="e de ste",
    hours="uur u h",
    joins="en &",
    date_sign="-",
    before_days="op elke iedere volgende komende",
)
