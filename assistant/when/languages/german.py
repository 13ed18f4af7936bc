"""German."""

from assistant.when.languages.table import Language

ONES = (
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
PLACES = (
    "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
    "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst",
)  # fmt: skip


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwo": 2, "hundert": 100}
    for place, ten in enumerate(TENS, start=2):
        found[ten] = place * 10
        for value, one in enumerate(("ein", *ONES[2:10]), start=1):
            found[one + "und" + ten] = place * 10 + value
    return found


def _ordinals() -> "dict[str, int]":
    stems = {stem: value for value, stem in enumerate(PLACES, start=1)}
    for value, one in enumerate(("ein", *ONES[2:10]), start=1):
        stems[one + "undzwanzigst"] = 20 + value
    stems |= {"dreißigst": 30, "einunddreißigst": 31}
    return {stem + ending: value for stem, value in stems.items() for ending in ("e", "en", "er", "es", "em")}


WEEKDAYS = {
    "monday": "montag", "tuesday": "dienstag", "wednesday": "mittwoch", "thursday": "donnerstag", "friday": "freitag",
    "saturday": "samstag sonnabend", "sunday": "sonntag",
}  # fmt: skip
DAY_PARTS = {
    "morning": "morgen früh vormittag", "noon": "mittag", "afternoon": "nachmittag", "evening": "abend",
    "night": "nacht",
}  # fmt: skip


def _compounds(ending: str) -> str:
    """`Freitagabend`, `freitagabends`."""
    return "\n".join(
        f"{weekday} {part}: " + " ".join(f"{day}{time}{ending}" for day in days.split() for time in times.split())
        for weekday, days in WEEKDAYS.items()
        for part, times in DAY_PARTS.items()
    )


CLASSES = {
    "day-part": _compounds(""),
    "day-parts": _compounds("s"),
    "w": """
        monday: montag mo*
        tuesday: dienstag di*
        wednesday: mittwoch mi*
        thursday: donnerstag do*
        friday: freitag fr*
        saturday: samstag sonnabend sa*
        sunday: sonntag so*
    """,
    "ws": """
        mondays: montags
        tuesdays: dienstags
        wednesdays: mittwochs
        thursdays: donnerstags
        fridays: freitags
        saturdays: samstags sonnabends
        sundays: sonntags
    """,
    "M": """
        january: januar jänner jan*
        february: februar feber feb*
        march: märz mrz*
        april: april apr*
        may: mai
        june: juni juno jun*
        july: juli jul*
        august: august aug*
        september: september sept* sep*
        october: oktober okt*
        november: november nov*
        december: dezember dez*
    """,
    "u": """
        seconds: sekunde sekunden sek
        minutes: minute minuten min
        hours: stunde stunden std h
        days: tag tage tagen
        weeks: woche wochen
        months: monat monate monaten
        quarters: quartal quartale quartalen
        years: jahr jahre jahren
        workdays: werktag werktage werktagen arbeitstag arbeitstage arbeitstagen
        weekends: wochenende wochenenden
    """,
    "per": """
        day: tag tages
        week: woche
        month: monat monats monates
        quarter: quartal quartals
        year: jahr jahres jahrs
        weekend: wochenende wochenendes
    """,
    "part": """
        morning: morgen früh vormittag
        noon: mittag
        afternoon: nachmittag
        evening: abend
        night: nacht
    """,
    "parts": """
        morning: morgens vormittags früh
        afternoon: nachmittags
        evening: abends
    """,
    "which": """
        next: nächste nächsten nächster nächstes nächstem
        coming: kommende kommenden kommender kommendes kommendem
        this: diese diesen dieser dieses diesem
        last: letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes
            vorige vorigen voriger voriges
    """,
    "all": """
        every: jede jeden jeder jedes jedem
    """,
    "article": """
        a: ein eine einen einem einer eines
    """,
    "after-next": """
        after next: übernächste übernächsten übernächster übernächstes übernächstem
    """,
}
AMOUNTS = """
    (ein|eine|einer) halbe|halben stunde = half an hour
    (eine|einer) viertelstunde = 15 minutes
    (eine|einer) dreiviertelstunde = 45 minutes
    anderthalb|eineinhalb stunden = 90 minutes
    anderthalb|eineinhalb jahre|jahren = 18 months
    zweieinhalb stunden = 2 and a half hours
    dreieinhalb stunden = 3 and a half hours
    ein|einem halbes|halben jahr = 6 months
    ein paar {u} = a couple of {u}
    einigen|mehreren {u} = a few {u}
"""
CLOCKS = """
    halb {h} = @h-30
    viertel vor {h} (uhr) = @h-15
    viertel nach {h} (uhr) = @h+15
    viertel {h} = @h-45
    dreiviertel|drei-viertel {h} = @h-15
    {m} (minuten) vor halb {h} = @h-30-m
    {m} (minuten) nach halb {h} = @h-30+m
    {m} (minuten) vor {h} (uhr) = @h-m
    {m} (minuten) nach {h} (uhr) = @h+m
    {h} uhr = {h} o'clock
    {h} uhr {m} = @h+m
    {h} uhr mittags = {h} o'clock in the afternoon
    {h} uhr und {m} minuten = @h+m
    punkt {h} (uhr) = {h} o'clock
    mittag = noon
    mitternacht = midnight
"""
RULES = """
    (von) {w} bis {w2} (jeweils) von {clock} bis {clock2} = every {w} to {w2} from {clock} to {clock2}
    um|gegen {clock} = at {clock}
    (so) um|gegen (so) circa|ca|etwa|ungefähr (.) {clock} = at {clock}
    (so) ungefähr|circa|ca|etwa|zirka (.) (um|gegen) {clock} = at {clock}
    so um|gegen {clock} = at {clock}
    ab|seit {clock} = from {clock}
    bis (um|gegen) {clock} = until {clock}
    von {clock} = from {clock}
    von {clock} bis {clock2} = from {clock} to {clock2}
    zwischen {clock} und {clock2} = between {clock} and {clock2}
    vor {h} uhr = before {h} o'clock
    nach {h} uhr = after {h} o'clock
    vor|nach mitternacht|mittag = ·
    von|vom {date} bis (zum) {date2} = from {date} to {date2}
    von|vom {date} auf (den) {date2} = from {date} to {date2}
    von|vom {date} - {date2} = from {date} to {date2}
    zwischen (dem) {date} und (dem) {date2} = between {date} and {date2}
    {date} bis (zum) {dated2} = {date} to {dated2}
    guten|gutes|schönen|schöner morgen|abend|tag|mittag|nachmittag = ·
    gute|guter nacht = ·
    heute = today
    morgen = tomorrow
    übermorgen = day after tomorrow
    gestern = yesterday
    vorgestern = day before yesterday
    jetzt|sofort = now
    heute noch = today
    (täglich) {parts} und {parts2} = sometime
    immer (am) {w} = every {w}
    heute morgen = this morning
    heute {part} = this {part}
    heute nacht = tonight
    morgen {part} = tomorrow {part}
    morgen in der früh = tomorrow morning
    übermorgen {part} = day after tomorrow {part}
    gestern {part} = yesterday {part}
    {w} {part} = {w} {part}
    am {part} = in the {part}
    (am) frühen|früher|späten|später {part} = sometime
    diesen|heutigen {part} = this {part}
    in der nacht = at night
    in der früh = in the morning
    morgens|vormittags = in the morning
    mittags = at noon
    nachmittags = in the afternoon
    abends = in the evening
    nachts = at night
    {clock} mittags = {clock} in the afternoon
    {clock} (uhr) nachts = {clock} at night
    {clock} (uhr) früh = {clock} in the morning
    {ws} {parts} = {ws} in the {parts}
    in {amount} = in {amount}
    innerhalb|binnen (von) {amount} = within {amount}
    innerhalb der nächsten {amount} = within {amount}
    vor {amount} = {amount} ago
    {amount} vor = {amount} before
    {amount} nach = {amount} after
    {amount} später = {amount} later
    {amount} her = {amount} ago
    für (die) (nächsten) {amount} = for {amount}
    {amount} lang = for {amount}
    {w} in einer woche = {w} week
    morgen in einer woche = in 8 days
    vor = before
    nach = after
    {which} {w} = {which} {w}
    {which} {M} = {which} {M}
    {which} {per} = {which} {per}
    kommenden|kommende {n} {u} = next {n} {u}
    {which} {n} {u} = {which} {n} {u}
    {ord} monat {year} = {ord:n}/{year}
    {ord} {w} im|des nächsten {per} = {ord} {w} of next {per}
    letzter|letzten {w} im|des nächsten {per} = last {w} of next {per}
    {after-next} {w} = {w} week
    {after-next} {per} = the {per} {after-next}
    {w} (in) der|dieser nächsten|kommenden woche = {w} of next week
    (in) nächste|nächster|kommende woche (am) {w} = {w} of next week
    {w} nächste|kommende woche = {w} of next week
    diese woche (am) {w} = {w} of this week
    {w} diese|dieser woche = {w} of this week
    {all} {w} = every {w}
    {all} {ord} {w} = every {ord} {w}
    {all} zweiten|zweite|zweites {u} = every other {u}
    {all} {ord} {w} im|des|jeden monat|monats = every {ord} {w} of the month
    {all} letzten|letzter {w} (im|des) (monat|monats) = every last {w} of the month
    {all} {ord} {u} = every {ord} {u}
    {all} {u} = every {u}
    {all} halbe stunde = every 30 minutes
    {all} viertelstunde = every 15 minutes
    {all} {day-part} = every {day-part}
    {day-part} = {day-part}
    {day-parts} = every {day-parts}
    {all} {part} = every {part}
    {all} mittag = every day at noon
    {all} nacht = every day at night
    {all} {w} {part} = every {w} {part}
    {all} {n} . = every {n:th}
    {all} {n} . des|im monats|monat = every {n:th} of the month
    {all} {d} {M} = every {M} {d}
    {all} (.) januar = every january
    alle {amount} = every {amount}
    alle zwei|2 {w} = every other {w}
    an {all} {w} = every {w}
    an {all} {ord} {w} im monat = every {ord} {w} of the month
    (an) {all} werktag|arbeitstag = every business day
    werktags|wochentags = weekdays
    (an) wochentagen|werktagen|arbeitstagen = weekdays
    (an) wochenenden = weekends
    am wochenende = this weekend
    unter der woche = weekdays
    täglich|tagtäglich = daily
    stündlich = hourly
    wöchentlich = weekly
    zweiwöchentlich|vierzehntägig|14-tägig = every 2 weeks
    monatlich = monthly
    vierteljährlich|quartalsweise = quarterly
    halbjährlich = every 6 months
    jährlich = yearly
    einmal (am|pro|im|die|in) (der) {per} = once a {per}
    zweimal (am|pro|im|die|in) (der) {per} = twice a {per}
    {n} mal (am|pro|im|die|in) (der) {per} = {n} times a {per}
    zweimal täglich = twice a day
    einmal täglich = once a day
    {n} mal = {n} times
    {ord} {w} im|des|jeden|jedes|eines monat|monats = {ord} {w} of the month
    {ord} {w} (im|in) {M} = {ord} {w} of {M}
    letzter|letzten|letzte {w} im|des|jeden|jedes monat|monats = last {w} of the month
    letzter|letzten {w} (im) {M} = last {w} of {M}
    letzter|letzten tag im|des|jeden|jedes monat|monats = last day of the month
    letzter|letzten tag (im|des) {M} = last day of {M}
    letzter|letzten werktag|arbeitstag im|des|jeden|jedes monat|monats = last business day of the month
    erster|ersten werktag|arbeitstag im|des|jeden|jedes monat|monats = first business day of the month
    letzte woche im {M} = last week of {M}
    letzte woche im {M} {year} = last week of {M} {year}
    {ord} woche im {M} = {ord} week of {M}
    {ord} (tag) jeden|jedes monats = {ord} of every month
    {n} . jeden|jedes monats = {n:th} of every month
    {n} . und {n2} . jeden|jedes monats = {n:th} and {n2:th} of every month
    {n} . des|im monats|monat = {n:th} of the month
    {ord} des|im monats|monat = {ord} of the month
    {ord} quartal = {ord} quarter
    {ord} quartal {year} = {ord} quarter of {year}
    (am|zum) ende des|der|dieses|dieser|diesen {per} = end of the {per}
    ende nächster|nächsten|nächstes|kommender {per} = end of next {per}
    ende der woche = end of the week
    ende {M} = end of {M}
    (zum|am) monatsende = end of the month
    (zum|am) jahresende = end of the year
    anfang {M} = beginning of {M}
    mitte {M} = middle of {M}
    anfang des|der {per} = beginning of the {per}
    anfang nächster|nächsten|nächstes {per} = beginning of next {per}
    mitte des|der {per} = middle of the {per}
    mitte nächster|nächsten {per} = middle of next {per}
    ende des tages = end of day
    kw {n} = week {n}
    (in) (der) woche vom|ab {date} = week of {date}
    am = on the
    an = on
    im|in = in
    ab|vom|von = from
    seit = since
    bis (zu|zum) = until
    (bis) spätestens = by
    außer (an|am) = except
    beginnend|startend (ab|am|mit) = starting
    ab dem = starting
    am tag vor {date} = the day before {date}
    am tag nach {date} = the day after {date}
    am tag vor weihnachten = the day before 25 december
    später = later
    irgendwann = sometime
    nicht|nie|niemals = not
    vergiss|vergesst (bitte) nicht = ·
    ohne = without
    und = and
    oder = or
    der|den|dem {d} {M} = the {d} {M}
    der|den|dem {n} . = the {n:th}
    der|die|das|den|dem|des {n} = ·
    der|die|das|den|dem|des = the
    in aller frühe = in the morning
    gleich früh = in the morning
    feiertagen|feiertage = holidays
    heute in {amount} = in {amount}
    heute vor {amount} = {amount} ago
    alle paar {u} = every few {u}
    (am|der|den|dem) {n} . advent|geburtstag|jahrestag|hochzeitstag|stock|kapitel|klasse|versuch|platz = ·
    (an|zu) ostern = easter
    ostersonntag = easter
    ostermontag = easter monday
    karfreitag = good friday
    (an|zu) (christi) himmelfahrt = ascension day
    (an|zu) pfingsten = pentecost
    pfingstsonntag = pentecost
    pfingstmontag = whit monday
    heiligabend|heiligabends = 24 december
    weihnachten = 25 december
    silvester = 31 december
    neujahr|neujahrstag = 1 january
    erinnere|erinner mich = remind me
"""
GERMAN = Language(
    "de",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        (bitte) erinnere|erinner|erinnert mich (bitte)
        (bitte) erinnern sie mich (bitte)
        kannst|könntest du mich
    """,
    after_openers="bitte daran dran dass an zu erinnern",
    ordinal_endings=". te ten ter tes er ste sten ster",
    hours="uhr h",
    joins="und &",
    before_days="am bis nächsten nächster diesen dieser jeden jeder letzten kommenden ab vom",
    capitals=True,
    date_sign=".",
)
