"""Italian."""

from assistant.when.languages.table import Language

ONES = (
    "zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici",
    "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove",
)  # fmt: skip
TENS = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")
PLACES = ("prim", "second", "terz", "quart", "quint", "sest", "settim", "ottav", "non", "decim")


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {"un": 1, "una": 1, "un'": 1, "cento": 100}
    for place, ten in enumerate(TENS, start=2):
        found[ten] = place * 10
        for value in range(1, 10):
            found[(ten[:-1] if value in (1, 8) else ten) + ONES[value]] = place * 10 + value
    return found


def _ordinals() -> "dict[str, int]":
    return {
        stem + ending: value
        for value, stem in enumerate(PLACES, start=1)
        for ending in ("o", "a", "i", "e")
        if stem != "non"
    }


CLASSES = {
    "w": """
        monday: lunedì lun*
        tuesday: martedì mar*
        wednesday: mercoledì mer*
        thursday: giovedì gio*
        friday: venerdì ven*
        saturday: sabato sab*
        sunday: domenica dom*
    """,
    "ws": """
        saturdays: sabati
        sundays: domeniche
    """,
    "M": """
        january: gennaio gen*
        february: febbraio feb* febbr*
        march: marzo
        april: aprile apr*
        may: maggio mag*
        june: giugno giu*
        july: luglio lug*
        august: agosto ago*
        september: settembre sett* set*
        october: ottobre ott*
        november: novembre nov*
        december: dicembre dic*
    """,
    "u": """
        seconds: secondo secondi sec
        minutes: minuto minuti min
        hours: ora ore h
        days: giorno giorni
        weeks: settimana settimane
        months: mese mesi
        quarters: trimestre trimestri
        years: anno anni
        workdays: giorno_lavorativo giorni_lavorativi giorno_feriale giorni_feriali
        weekends: fine_settimana weekend week-end
    """,
    "per": """
        day: giorno
        week: settimana
        month: mese
        quarter: trimestre
        year: anno
        weekend: fine_settimana weekend week-end
    """,
    "part": """
        morning: mattina mattino mattinata
        afternoon: pomeriggio
        evening: sera serata
        night: notte nottata
    """,
    "which": """
        next: prossimo prossima prossimi prossime seguente
        last: scorso scorsa ultimo ultima passato passata
    """,
    "this": """
        this: questo questa quest'
    """,
    "of": """
        of: di del della dell' d'
    """,
    "all": """
        every: ogni
    """,
    "article": """
        a: un una uno un'
    """,
    "edge": """
        end of: fine
        beginning of: inizio inizi
        middle of: metà
    """,
}
AMOUNTS = """
    mezz'ora = half an hour
    mezzo anno = 6 months
    mezza ora = half an hour
    un quarto d'ora = 15 minutes
    tre quarti d'ora = 45 minutes
    un'ora e mezza|mezzo = 90 minutes
    {n} ore e mezza|mezzo = {n} and a half hours
    un paio di {u} = 2 {u}
    alcuni|alcune|qualche {u} = a few {u}
"""
CLOCKS = """
    ore {h} = {h} o'clock
    {h} in punto = {h} o'clock
    {h} e mezza|mezzo = @h+30
    {h} e un quarto = @h+15
    {h} e tre quarti = @h+45
    {h} meno un quarto = @h-15
    {h} e {m} = @h+m
    {h} meno {m} = @h-m
    una e mezza = @1+30
    mezzogiorno e mezzo|mezza = @12+30
    mezzogiorno e un quarto = @12+15
    mezzogiorno meno un quarto = @12-15
    mezzogiorno e {m} = @12+m
    mezzanotte e mezza|mezzo = @0+30
    mezzanotte e {m} = @0+m
    mezzogiorno = noon
    mezzanotte = midnight
"""
RULES = """
    (dal) {w} al {w2} dalle {clock} alle {clock2} = every {w} to {w2} from {clock} to {clock2}
    alle|all' (ore) {clock} = at {clock}
    a {timed} = at {timed}
    per le {clock} = by {clock}
    verso le|l' {clock} = at {clock}
    intorno|attorno alle {clock} = at {clock}
    le {timed} = at {timed}
    le {h} di|del|della {part} = at {h} o'clock in the {part}
    (alle) (ore) 12|dodici di sera|notte = at midnight
    ore {clock} = at {clock}
    dalle|dalla|dall' {clock} = from {clock}
    dalle|dalla|dall' {clock} alle|all'|a {clock2} = from {clock} to {clock2}
    dalle|dalla|dall' {clock} fino alle|all'|a {clock2} = from {clock} to {clock2}
    tra|fra le|l' {clock} e le|l' {clock2} = between {clock} and {clock2}
    fino alle|all'|a {clock} = until {clock}
    entro le|l'|mezzogiorno {clock} = by {clock}
    entro mezzogiorno = by noon
    prima delle|dell' {clock} = before {clock}
    dopo le|l' {clock} = after {clock}
    dal|da {date} al|a {date2} = from {date} to {date2}
    tra|fra (il) {date} e (il) {date2} = between {date} and {date2}
    {date} al {dated2} = {date} to {dated2}
    oggi = today
    domani = tomorrow
    dopodomani = day after tomorrow
    dopo domani = day after tomorrow
    ieri = yesterday
    l'altro ieri = day before yesterday
    altroieri = day before yesterday
    adesso|subito|immediatamente = now
    (la|di) {part} e (la|di) {part2} = sometime
    stamattina|stamani = this morning
    stasera = this evening
    stanotte = tonight
    {this} {part} = this {part}
    oggi (in|nel) (pomeriggio) = today
    oggi pomeriggio = this afternoon
    oggi (in) {part} = this {part}
    domani (in|nella|di|nel) {part} = tomorrow {part}
    domani {part} = tomorrow {part}
    {part} {of} domani = tomorrow {part}
    nella|nel {part} di domani = tomorrow {part}
    dopodomani {part} = day after tomorrow {part}
    ieri {part} = yesterday {part}
    {w} (in|nella|nel|di) {part} = {w} {part}
    di|in|nel|nella|della|del|dello|la|il|al|alla {part} = in the {part}
    tra|fra {amount} = in {amount}
    in {amount} = in {amount}
    entro {amount} = within {amount}
    nei|nelle prossimi|prossime {n} {u} = next {n} {u}
    {amount} fa = {amount} ago
    {amount} prima (di|del|della|delle) = {amount} before
    {amount} dopo (il|la|le) = {amount} after
    {amount} più tardi = {amount} later
    per {amount} = for {amount}
    (il) {which} {w} = {which} {w}
    (il|la) {w} {which} = {which} {w}
    (il|la|nel|nella|l') {which} {per} = {which} {per}
    (il|la|nel|nella|l') {per} {which} = {which} {per}
    {M} {which} = {which} {M}
    {this} {w} = {w}
    {this} {per} = this {per}
    (i|le|gli) {which} {n} {u} = {which} {n} {u}
    (i|le|gli) {n} {which} {u} = {which} {n} {u}
    (i) prossimi giorni = next few days
    (il) {w} {of} (la) prossima settimana = {w} of next week
    (il) {w} {of} settimana prossima = {w} of next week
    {w} prossima settimana = {w} of next week
    {w} {of} {this} settimana = {w} of this week
    il|la {w} = every {w}
    il|la {w} {part} = every {w} {part}
    il {w} e il {w2} = every {w} and {w2}
    il {w} {d} = on {w} the {d}
    il|la {w} {d} {M} = on {w} {d} {M}
    il {w} della settimana prossima = {w} of next week
    {w} {d} = {w} the {d}
    {w} {d} {M} = {w} {d} {M}
    ogni {w} = every {w}
    ogni {w} e {w2} = every {w} and {w2}
    ogni {w} , {w2} e {w3} = every {w} , {w2} and {w3}
    ogni {w} {part} = every {w} {part}
    ogni {u} = every {u}
    ogni {amount} = every {amount}
    ogni settimana il|la|di {w} = every {w}
    ogni {amount} il|di {w} = every {amount} on {w}
    ogni {part} = every {part}
    ogni mezz'ora = every 30 minutes
    ogni {ord} {w} (del) (mese) = every {ord} {w} of the month
    ogni {d} {M} = every {M} {d}
    ogni {d} del mese = every {d} of the month
    ogni due {w} = every other {w}
    ogni altro {w} = every other {w}
    tutti i {w} = every {w}
    tutte le domeniche = every sunday
    tutti i sabati = every saturday
    tutti|tutte i|le|gli {u} = every {u}
    tutti|tutte i|le|gli {amount} = every {amount}
    tutte le mattine = every morning
    tutte le sere = every evening
    tutte le notti = every day at night
    tutti i pomeriggi = every afternoon
    tutti i giorni lavorativi|feriali = every business day
    ogni giorno lavorativo|feriale = every business day
    (nei) giorni feriali|lavorativi = every business day
    un {w} sì e uno no = every other {w}
    a {w} alterni = every other {w}
    a giorni alterni = every other day
    durante la settimana = weekdays
    (nei) (i) fine settimana = this weekend
    nei fine settimana = weekends
    (nel) {this} fine settimana = this weekend
    quotidianamente|giornalmente = daily
    settimanalmente = weekly
    mensilmente = monthly
    trimestralmente = quarterly
    annualmente = yearly
    una volta al|alla|all'|a {per} = once a {per}
    due volte al|alla|all'|a {per} = twice a {per}
    {n} volte al|alla|all'|a {per} = {n} times a {per}
    {n} volte = {n} times
    (il) {ord} {w} {of} mese = {ord} {w} of the month
    (il) {ord} {w} del mese prossimo = {ord} {w} of next month
    (il) {ord} {w} del prossimo mese = {ord} {w} of next month
    {ord} mese del {year} = {ord:n}/{year}
    {clock} di|del|della {part} = {clock} in the {part}
    notte di san-silvestro = 31 december at night
    (il) {ord} {w} di ogni mese = {ord} {w} of the month
    (il) {ord} {w} di|in|del {M} = {ord} {w} of {M}
    (l'|il) ultimo|ultima {w} del mese = last {w} of the month
    (l'|il) ultimo|ultima {w} di ogni mese = last {w} of the month
    (l'|il) ultimo|ultima {w} di {M} = last {w} of {M}
    (l') ultimo giorno del mese = last day of the month
    (l') ultimo giorno di ogni mese = last day of the month
    (l') ultimo giorno di {M} = last day of {M}
    (il) primo giorno del|di (ogni) mese = first day of the month
    (il) primo giorno lavorativo|feriale del mese = first business day of the month
    (l') ultimo giorno lavorativo|feriale del mese = last business day of the month
    (l') ultima settimana di {M} = last week of {M}
    (la) {ord} settimana di {M} = {ord} week of {M}
    (la) {ord} settimana di {M} {year} = {ord} week of {M} {year}
    (il) {ord} giorno di {M} = {ord} {M}
    il {d} di ogni mese = on the {d} of every month
    il {d} del mese = on the {d} of the month
    (il|del|nel) {ord} trimestre = {ord} quarter
    (il|del|nel) {ord} trimestre (del) {year} = {ord} quarter of {year}
    (a|alla|per) (la) {edge} {of} {per} = {edge} the {per}
    (a) {edge} mese = {edge} the month
    (a) {edge} anno = {edge} the year
    (a) fine giornata = end of day
    (a) {edge} (di) {M} = {edge} {M}
    (la) settimana {of} {date} = week of {date}
    il week-end|weekend = this weekend
    il week-end|weekend del {date} = sometime
    (nella) tarda|prima mattinata|serata|mattina = sometime
    (nel) tardo|primo pomeriggio = sometime
    (le) idi di {M} = ides of {M}
    il {d} = the {d}
    {d} {M} = {d} {M}
    il {d} {M} = on the {d} {M}
    {ord} di {M} = {ord} {M}
    a partire dal|da|dalla|dalle = starting
    dal|da = from
    fino al|alla|a = until
    entro (il|la|l') = by
    prima di|del|della = before
    dopo (il|la) = after
    per il {date} = by {date}
    per {dated} = by {dated}
    per domani = by tomorrow
    a|in {M} del {year} = in {M} {year}
    tutte le settimane il|la|di {w} = every {w}
    a|in {M} = in {M}
    di|del {w} = on {w}
    tranne|eccetto (il|la|i) = except
    festivi = holidays
    (la) vigilia di|del {date} = the day before {date}
    (il) giorno prima di|del {date} = the day before {date}
    il giorno dopo il {date} = the day after {date}
    e mezzo|mezza = and a half
    più tardi = later
    non|mai = not
    senza = without
    e|ed = and
    o = or
    il|la|l' = the
    di buon'ora = in the morning
    domani di buon'ora = tomorrow morning
    domani presto = tomorrow morning
    tutti i {ord} {w} del mese = every {ord} {w} of the month
    (a|la|domenica) (di) pasqua = easter
    (a|il) pasquetta = easter monday
    (il) lunedì dell'angelo = easter monday
    (il) venerdì santo = good friday
    (a|il) natale = 25 december
    (il) giorno di natale = 25 december
    (la|alla) vigilia (di) (natale) = 24 december
    (a|il) capodanno = 1 january
    (l') epifania = 6 january
    (a) ferragosto = 15 august
    (a) san silvestro = 31 december
    (a) san valentino = 14 february
    (festa|la) (della) liberazione = 25 april
    festa della repubblica = 2 june
    festa|giorno dei lavoratori = 1 may
    festa degli innamorati = 14 february
    (l') assunzione = 15 august
    ognissanti = 1 november
    (il) giorno dei santi = 1 november
    tutti i santi = 1 november
    commemorazione dei defunti = 2 november
    ricordami = remind me
"""
ITALIAN = Language(
    "it",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        (per) (favore) (,) ricordami (per) (favore)
        (mi) ricordi
        fammi ricordare
    """,
    after_openers="di che d'",
    ordinal_endings="º ª ° o a",
    hours="h",
    joins="e ed &",
    links="di del",
    before_days="ogni prossimo",
)
