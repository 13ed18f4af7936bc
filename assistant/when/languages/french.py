"""French."""

from assistant.when.languages.table import Language

ONES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {
        "une": 1,
        "soixante-dix": 70,
        "quatre-vingt": 80,
        "quatre-vingts": 80,
        "quatre-vingt-dix": 90,
        "cent": 100,
    }
    for place, ten in enumerate(TENS, start=2):
        found[ten] = place * 10
        found |= {f"{ten}_et_un": place * 10 + 1, f"{ten}_et_une": place * 10 + 1, f"{ten}-et-un": place * 10 + 1}
        for value in range(2, 10):
            found[f"{ten}-{ONES[value]}"] = place * 10 + value
    return found


def _ordinals() -> "dict[str, int]":
    found = {"premier": 1, "première": 1, "second": 2, "cinquième": 5, "neuvième": 9}
    for value, name in enumerate(ONES):
        if value >= 2 and value not in (5, 9):
            found[name.removesuffix("e") + "ième"] = value
    found |= {"vingtième": 20, "trentième": 30}
    return found | {name + "s": value for name, value in found.items()}


CLASSES = {
    "w": """
        monday: lundi lun*
        tuesday: mardi mar*
        wednesday: mercredi mer*
        thursday: jeudi jeu*
        friday: vendredi ven*
        saturday: samedi sam*
        sunday: dimanche dim*
    """,
    "ws": """
        mondays: lundis
        tuesdays: mardis
        wednesdays: mercredis
        thursdays: jeudis
        fridays: vendredis
        saturdays: samedis
        sundays: dimanches
    """,
    "M": """
        january: janvier janv* jan*
        february: février févr* fév*
        march: mars
        april: avril avr*
        may: mai
        june: juin
        july: juillet juil* jui*
        august: août
        september: septembre sept*
        october: octobre oct*
        november: novembre nov*
        december: décembre déc*
    """,
    "u": """
        seconds: seconde secondes sec
        minutes: minute minutes min mn
        hours: heure heures h
        days: jour jours
        weeks: semaine semaines
        months: mois
        quarters: trimestre trimestres
        years: an ans année années
        workdays: jour_ouvré jours_ouvrés jour_ouvrable jours_ouvrables
        weekends: week-end week-ends weekend weekends
    """,
    "per": """
        day: jour journée
        week: semaine
        month: mois
        quarter: trimestre
        year: année an
        weekend: week-end weekend
    """,
    "part": """
        morning: matin matinée
        noon: midi
        afternoon: après-midi aprèm
        evening: soir soirée
        night: nuit
    """,
    "which": """
        next: prochain prochaine suivant suivante prochains prochaines
        last: dernier dernière passé passée
    """,
    "article": """
        a: un une
    """,
    "the": """
        the: le la l' les
    """,
    "edge": """
        end of: fin
        beginning of: début
        middle of: milieu mi
    """,
    "all": """
        every: chaque
    """,
}
AMOUNTS = """
    (une) demi-heure = half an hour
    (un) quart d' heure = 15 minutes
    trois quarts d' heure = 45 minutes
    une heure et demie|demi = 90 minutes
    {n} heures et demie|demi = {n} and a half hours
    quelques {u} = a few {u}
    une quinzaine (de) (jours) = 2 weeks
"""
CLOCKS = """
    {h} heures|heure = {h} o'clock
    {h} h = {h} o'clock
    {h} h {m} = @h+m
    {h} heures|heure {m} = @h+m
    {h} heures|heure et {m} minutes = @h+m
    {h} heures|heure et demie|demi = @h+30
    {h} heures|heure et quart = @h+15
    {h} heures|heure moins le quart = @h-15
    {h} heures|heure moins quart = @h-15
    {h} heures|heure moins {m} = @h-m
    {h} h et demie|demi = @h+30
    {h} h moins le quart = @h-15
    midi et demi|demie = @12+30
    midi et quart = @12+15
    midi moins le quart = @12-15
    midi {m} = @12+m
    midi moins {m} = @12-m
    minuit et demi|demie = @0+30
    minuit et quart = @0+15
    minuit moins le quart = @24-15
    minuit {m} = @0+m
    midi = noon
    minuit = midnight
"""
RULES = """
    (du) {w} au {w2} de {clock} à {clock2} = every {w} to {w2} from {clock} to {clock2}
    à!|vers {clock} = at {clock}
    a {timed} = at {timed}
    à environ|peu près {clock} = at {clock}
    vers les {clock} = at {clock}
    autour de {clock} = at {clock}
    aux environs|alentours de {clock} = at {clock}
    dès|depuis {clock} = from {clock}
    à partir de {clock} = from {clock}
    jusqu' à|au {clock} = until {clock}
    avant {clock} = before {clock}
    après {clock} = after {clock}
    d' ici (à) {clock} = by {clock}
    de {clock} à {clock2} = from {clock} to {clock2}
    de {clock} jusqu' à {clock2} = from {clock} to {clock2}
    entre {clock} et {clock2} = between {clock} and {clock2}
    {timed} à {clock2} = {timed} to {clock2}
    {h} h = {h} o'clock
    du {date} (jusqu') au {date2} = from {date} to {date2}
    de {w} à {w2} = from {w} to {w2}
    entre (le) {date} et (le) {date2} = between {date} and {date2}
    {date} au {dated2} = {date} to {dated2}
    {dated} au {date2} = {dated} to {date2}
    aujourd'hui = today
    demain = tomorrow
    après-demain = day after tomorrow
    hier = yesterday
    avant-hier = day before yesterday
    maintenant|immédiatement = now
    (le) {part} et (le) {part2} = sometime
    tout de suite = now
    ce|cet|cette {part} = this {part}
    cette nuit = tonight
    ce midi = today at noon
    aujourd'hui midi = today at noon
    demain {part} = tomorrow {part}
    demain dans la {part} = tomorrow {part}
    après-demain {part} = day after tomorrow {part}
    hier {part} = yesterday {part}
    {w} {part} = {w} {part}
    {w} dans la {part} = {w} {part}
    du|au|le {part} = in the {part}
    de l' {part} = in the {part}
    l' {part} = in the {part}
    dans la|l' {part} = in the {part}
    dans le courant de la|l' {part} = in the {part}
    en {part} = in the {part}
    (en|à|au) (la) fin|début|milieu de|d' (la|l') {part} = sometime
    en milieu de journée = sometime
    {clock} du|le {part} = {clock} in the {part}
    {clock} de l' {part} = {clock} in the {part}
    {clock} dans la|l' {part} = {clock} in the {part}
    {clock} de la nuit = {clock} at night
    de la nuit = at night
    à l' heure du déjeuner = at lunchtime
    la nuit = at night
    {part} du {date} = {date} in the {part}
    le {w} {part} = every {w} {part}
    le {w} matin = every {w} morning
    dans {amount} = in {amount}
    d' ici (à) {amount} = within {amount}
    il y a {amount} = {amount} ago
    ça fait {amount} = {amount} ago
    {amount} avant = {amount} before
    {amount} après = {amount} after
    {amount} plus tard = {amount} later
    pendant|durant {amount} = for {amount}
    pendant (les) {n} prochains|prochaines {u} = for the next {n} {u}
    {which} {w} = {which} {w}
    {w} {which} = {which} {w}
    ce {w} = {w}
    {which} {per} = {which} {per}
    (le|la|l') {per} {which} = {which} {per}
    (à|en) la semaine {which} = {which} week
    {M} {which} = {which} {M}
    (les) {n} prochains|prochaines {u} = next {n} {u}
    (les) prochains|prochaines {n} {u} = next {n} {u}
    la semaine d' après = next week
    (l') an {which} = {which} year
    ce|cet|cette {per} = this {per}
    {w} (de) (la) semaine prochaine|suivante = {w} of next week
    {w} (de) (la) semaine d' après = {w} of next week
    {w} de|dans la semaine prochaine|suivante = {w} of next week
    {w} (de) cette semaine = {w} of this week
    {w} en huit|8 = {w} week
    {w} en quinze|15 = {w} after next
    le {w} = every {w}
    le {w} {d} = on {w} the {d}
    le {w} {d} {M} = on {w} {d} {M}
    le {w} {which} = {which} {w}
    le {w} de la semaine prochaine = {w} of next week
    {w} {d} = {w} the {d}
    {w} {d} {M} = {w} {d} {M}
    les {ws} = every {ws}
    les {w} et {w2} = every {w} and {w2}
    (à) tous les {w} = every {w}
    tous les {ws} = every {ws}
    (tous) les {ws} {part} = every {ws} {part}
    un {w} sur {n} = every {n} weeks on {w}
    un jour sur {n} = every {n} days
    une semaine sur {n} = every {n} weeks
    toutes les semaines le {w} = every {w}
    tous les {ws} et {ws2} = every {ws} and {ws2}
    tous les {ws} , {ws2} et {ws3} = every {ws} , {ws2} and {ws3}
    tous les {w} {part} = every {w} {part}
    tous|toutes les {u} = every {u}
    tous|toutes les {amount} = every {amount}
    tous|toutes les {amount} le {w} = every {amount} on {w}
    {all} semaine le {w} = every {w}
    tous les matins = every morning
    tous les soirs = every evening
    tous les après-midi|après-midis = every afternoon
    tous les midis = every day at noon
    toutes les nuits = every day at night
    toutes les demi-heures = every 30 minutes
    tous les quarts d' heure = every 15 minutes
    tous les {ord} du mois = every {ord} of the month
    tous les {n} du mois = every {n:th} of the month
    tous les {ord} {w} du mois = every {ord} {w} of the month
    {all} {w} = every {w}
    {all} {w} {part} = every {w} {part}
    {all} {part} = every {part}
    {all} {u} = every {u}
    {all} {ord} {w} du mois = every {ord} {w} of the month
    {all} {d} {M} = every {M} {d}
    {all} midi = every day at noon
    un {w} sur deux = every other {w}
    un jour sur deux = every other day
    une semaine sur deux = every other week
    un mois sur deux = every other month
    {all} jour ouvré|ouvrable = every business day
    (tous) (les) jours ouvrés|ouvrables = every business day
    en semaine = weekdays
    les week-ends|weekends = weekends
    le week-end|weekend = weekends
    quotidiennement = daily
    hebdomadairement = weekly
    mensuellement = monthly
    annuellement = yearly
    une fois par {per} = once a {per}
    deux fois par {per} = twice a {per}
    {n} fois par {per} = {n} times a {per}
    {n} fois = {n} times
    (le) {ord} {w} du mois = {ord} {w} of the month
    (le) {ord} {w} du mois prochain = {ord} {w} of next month
    (le) dernier {w} du mois prochain = last {w} of next month
    {ord} mois (de) {year} = {ord:n}/{year}
    (le) {ord} {w} de {all} mois = {ord} {w} of the month
    (le) {ord} {w} de|d' {M} = {ord} {w} of {M}
    (le) dernier {w} du mois = last {w} of the month
    (le) dernier {w} de {all} mois = last {w} of the month
    (le) dernier {w} de|d' {M} = last {w} of {M}
    (le) dernier jour du mois = last day of the month
    (le) dernier jour de {all} mois = last day of the month
    (le) dernier jour de|d' {M} = last day of {M}
    (le) premier jour du mois = first day of the month
    (le) dernier jour ouvré|ouvrable du mois = last business day of the month
    (le) premier jour ouvré|ouvrable du mois = first business day of the month
    (le) {ord} jour de|d' {M} = {ord} {M}
    (la) dernière semaine de|d' {M} = last week of {M}
    (la) {ord} semaine de|d' {M} = {ord} week of {M}
    (le) {ord} week-end de|d' {M} = {ord} weekend of {M}
    (le) dernier week-end de|d' {M} = last weekend of {M}
    le {d} de {all} mois = on the {d} of every month
    le {d} du mois = on the {d} of the month
    le {d} et le {d2} de {all} mois = on the {d} and {d2} of every month
    (la) veille (de|du) {date} = the day before {date}
    (la) veille de noël = 24 december
    (le) lendemain (de|du) {date} = the day after {date}
    tous les {ord} {ws} du mois = every {ord} {ws} of the month
    tous les {ord} {ws} de {all} mois = every {ord} {ws} of the month
    et demi|demie = and a half
    dès (le) {date} = from {date}
    {ord} trimestre = {ord} quarter
    {ord} trimestre {year} = {ord} quarter of {year}
    (à|en) (la) {edge} (de|du|d') (la|l'|le) {per} = {edge} the {per}
    (à|en) (la) {edge} (du) (mois) (de|d') {M} = {edge} {M}
    d' ici (à) (la) fin (de|du) (la|l') {per} = end of the {per}
    {edge} - {M} = {edge} {M}
    au milieu (de|du|d') (la|l'|le) {per} = middle of the {per}
    fin de journée = end of day
    en fin de journée = end of day
    (la) semaine du {date} = week of {date}
    semaine {n} = week {n}
    le {d} = the {d}
    le {d} {M} = the {d} {M}
    le {n} {n2} = on {n}/{n2}
    (le) {n} {n2} {year} = on {n}/{n2}/{year}
    le {n} {n2} {n3} = on {n}/{n2}/{n3}
    à partir du {date} = starting {date}
    à partir de {w} = starting {w}
    à partir de demain = starting tomorrow
    à partir de (la) semaine prochaine = starting next week
    à compter du|de = starting
    jusqu' à (la) = until
    jusqu' au = until
    jusqu' en = until
    d' ici (à|au) = by
    avant (le|la|l') = before
    après (le|la|l') = after
    pour (le) {date} = by {date}
    pour demain = by tomorrow
    en {M} de {year} = in {M} {year}
    en {M} = in {M}
    au mois de|d' {M} = in {M}
    sauf (le|les) = except
    jours fériés = holidays
    le {which} {w} = {which} {w}
    plus tard = later
    pas|jamais = not
    oublie|oubliez|oublier pas = ·
    un jour = sometime
    sans = without
    et = and
    ou = or
    le|la|l' = the
    (à) (la) première heure = in the morning
    de bonne heure = in the morning
    tôt (le) matin = in the morning
    (le) (jour) (de) noël = 25 december
    (le) jour de l'an = 1 january
    (le) nouvel an = 1 january
    (la) (journée) (de) (la) toussaint = 1 november
    (à) pâques = easter
    (le) lundi de pâques = easter monday
    (le) vendredi saint = good friday
    (à) (la) pentecôte = pentecost
    (le) lundi de pentecôte = whit monday
    (le) jeudi de l'ascension = ascension day
    (à) (l') ascension = ascension day
    (la) saint-sylvestre = 31 december
    (la) saint-valentin = 14 february
    (la) fête du travail = 1 may
    (la) fête nationale = 14 july
    rappelle|rappelez (-) moi = remind me
"""
FRENCH = Language(
    "fr",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        rappelle|rappelez|rappeler (-) moi
        (peux) (-) (tu) me rappeler
        fais (-) moi penser
    """,
    after_openers="de d' que qu' à",
    ordinal_endings="er ère re e eme ème ième ieme nd nde",
    hours="h heures heure",
    joins="et &",
    links="de d'",
    before_days="chaque prochain",
)
