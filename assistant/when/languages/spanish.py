"""Spanish."""

from assistant.when.languages.table import Language

ONES = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
    "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
TENS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
PLACES = (
    "primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim",
)  # fmt: skip


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21, "cien": 100}
    for place, ten in enumerate(TENS, start=3):
        found[ten] = place * 10
        for value in range(1, 10):
            found[f"{ten}_y_{ONES[value]}"] = place * 10 + value
    return found


def _ordinals() -> "dict[str, int]":
    found = {stem + ending: value for value, stem in enumerate(PLACES, start=1) for ending in ("o", "a", "os", "as")}
    return found | {"primer": 1, "tercer": 3}


CLASSES = {
    "w": """
        monday: lunes lun*
        tuesday: martes mar*
        wednesday: miércoles mié* mier*
        thursday: jueves jue*
        friday: viernes vie*
        saturday: sábado sáb*
        sunday: domingo dom*
    """,
    "ws": """
        saturdays: sábados
        sundays: domingos
    """,
    "M": """
        january: enero ene*
        february: febrero feb*
        march: marzo
        april: abril abr*
        may: mayo
        june: junio jun*
        july: julio jul*
        august: agosto ago*
        september: septiembre setiembre sept* sep*
        october: octubre oct*
        november: noviembre nov*
        december: diciembre dic*
    """,
    "u": """
        seconds: segundo segundos seg
        minutes: minuto minutos min
        hours: hora horas h
        days: día días
        weeks: semana semanas
        months: mes meses
        quarters: trimestre trimestres
        years: año años ano anos
        workdays: día_hábil días_hábiles día_laborable días_laborables
        weekends: fin_de_semana fines_de_semana
    """,
    "per": """
        day: día
        week: semana
        month: mes
        quarter: trimestre
        year: año ano
        weekend: fin_de_semana weekend finde
    """,
    "part": """
        morning: mañana
        afternoon: tarde
        evening: noche
    """,
    "which": """
        next: próximo próxima próximos próximas siguiente
        coming: entrante
        last: pasado pasada último última
    """,
    "all": """
        every: cada
    """,
    "article": """
        a: un una uno
    """,
    "edge": """
        end of: fin final finales fines
        beginning of: principio principios comienzo comienzos inicio inicios
        middle of: mediados
    """,
}
AMOUNTS = """
    media hora = half an hour
    medio año = 6 months
    un cuarto de hora = 15 minutes
    tres cuartos de hora = 45 minutes
    una hora y media = 90 minutes
    hora y media = 90 minutes
    {n} horas y media = {n} and a half hours
    unos|unas|algunos|algunas {u} = a few {u}
    un par de {u} = 2 {u}
"""
CLOCKS = """
    {h} horas|hs|hrs = {h} o'clock
    {h} en punto = {h} o'clock
    {h} y media = @h+30
    {h} y cuarto = @h+15
    {h} menos cuarto = @h-15
    {h} y {m} (minutos) = @h+m
    {h} menos {m} (minutos) = @h-m
    {h} {m} = @h+m
    {h} cero|zero|0 {m} = @h+m
    cuarto para (las|la) {h} = @h-15
    {m} para las {h} = @h-m
    (el) mediodía = noon
    (la) medianoche = midnight
"""
RULES = """
    (a) las 12|doce de la noche = at midnight
    (a) las 12|doce del mediodía = at noon
    (de) {w} a {w2} de {clock} a {clock2} = every {w} to {w2} from {clock} to {clock2}
    a|al las|la {clock} = at {clock}
    a {timed} = at {timed}
    mañana a {clock} = tomorrow at {clock}
    hoy a {clock} = today at {clock}
    para las {clock} = by {clock}
    las {timed} = at {timed}
    las {h} de la {part} = at {h} o'clock in the {part}
    la una = at one
    a la una = at one
    a la una y media = at 1:30
    a la una y cuarto = at 1:15
    sobre|hacia las {clock} = at {clock}
    a eso de las {clock} = at {clock}
    (a) partir|desde (de) las {clock} = from {clock}
    a partir de las {clock} = from {clock}
    hasta las {clock} = until {clock}
    antes de las {clock} = before {clock}
    después de las {clock} = after {clock}
    de|desde (las) {clock} a|hasta (las) {clock2} = from {clock} to {clock2}
    entre (las) {clock} y (las) {clock2} = between {clock} and {clock2}
    a mediodía = at noon
    al mediodía = at noon
    a medianoche = at midnight
    del|desde (el) {date} al|hasta (el) {date2} = from {date} to {date2}
    de {w} a {w2} = from {w} to {w2}
    entre (el) {date} y (el) {date2} = between {date} and {date2}
    {date} al {dated2} = {date} to {dated2}
    hoy = today
    mañana = tomorrow
    pasado mañana = day after tomorrow
    ayer = yesterday
    anteayer = day before yesterday
    antes de ayer = day before yesterday
    ahora (mismo) = now
    ya mismo = now
    inmediatamente = now
    (por) (la) {part} y (por) (la) {part2} = sometime
    esta {part} = this {part}
    hoy (por|en) (la) {part} = this {part}
    mañana (por|en|a) la {part} = tomorrow {part}
    pasado mañana por la {part} = day after tomorrow {part}
    ayer (por) (la) {part} = yesterday {part}
    anoche = last night
    {w} (por|en|a) (la) {part} = {w} {part}
    de|por|en|a la {part} = in the {part}
    {clock} de la madrugada = {clock} in the morning
    {clock} del mediodía = {clock} in the afternoon
    de la madrugada = in the morning
    al anochecer = in the evening
    {clock} de la {part} = {clock} in the {part}
    dentro de {amount} = in {amount}
    en {amount} = in {amount}
    de aquí a {amount} = in {amount}
    en los próximos {amount} = within {amount}
    en las próximas {amount} = within {amount}
    hace {amount} = {amount} ago
    {amount} atrás = {amount} ago
    {amount} antes de (la|las|el|los) = {amount} before
    {amount} después de (la|las|el|los) = {amount} after
    {amount} más tarde = {amount} later
    {amount} después = {amount} later
    durante|por {amount} = for {amount}
    (el) {which} {w} = {which} {w}
    (el) {w} {which} = {which} {w}
    (el) {w} que viene = next {w}
    este {w} = {w}
    (el|la) {which} {per} = {which} {per}
    (el|la) {per} {which} = {which} {per}
    (el|la) {per} que viene = next {per}
    próximas semana = next week
    {M} {which} = {which} {M}
    {M} que viene = next {M}
    este|esta {per} = this {per}
    este finde|weekend = this weekend
    (los|las) {which} {n} {u} = {which} {n} {u}
    (los|las) {n} {which} {u} = {which} {n} {u}
    (el) {w} de la próxima semana = {w} of next week
    (el) {w} de la semana que viene = {w} of next week
    (el) {w} de la semana próxima = {w} of next week
    (el) {w} de esta semana = {w} of this week
    el {w} = on {w}
    el {w} {d} = on {w} the {d}
    (el) {w} (,) {d} de {M} = on {w} {d} {M}
    {w} {d} = {w} the {d}
    los {w} = every {w}
    los {w} y {w2} = every {w} and {w2}
    los {w} , {w2} y {w3} = every {w} , {w2} and {w3}
    los {ws} = every {ws}
    los {w} por la {part} = every {w} {part}
    (todos) los {w} y los {w2} = every {w} and {w2}
    todos los {w} = every {w}
    todos los {ws} = every {ws}
    todos los {w} y {w2} = every {w} and {w2}
    todos los {w} , {w2} y {w3} = every {w} , {w2} and {w3}
    todos|todas los|las {u} = every {u}
    todas las mañanas = every morning
    todas las tardes = every afternoon
    todas las noches = every evening
    todos los {d} = every {d}
    cada {w} = every {w}
    cada {w} y {w2} = every {w} and {w2}
    cada {w} por la {part} = every {w} {part}
    cada {u} = every {u}
    cada {amount} = every {amount}
    cada {amount} el|los {w} = every {amount} on {w}
    cada {part} = every {part}
    cada {ord} {w} = every {ord} {w}
    cada {ord} {w} del mes = every {ord} {w} of the month
    cada {d} de {M} = every {M} {d}
    cada dos {w} = every other {w}
    cada día hábil|laborable = every business day
    (todos) los días hábiles|laborables = every business day
    un {w} sí y otro no = every other {w}
    {w} alternos = every other {w}
    entre semana = weekdays
    los fines de semana = weekends
    cada hora = every hour
    cada media hora = every 30 minutes
    diario|diariamente = daily
    a diario = daily
    semanalmente = weekly
    quincenalmente = every 2 weeks
    mensualmente = monthly
    trimestralmente = quarterly
    anualmente = yearly
    una vez al {per} = once a {per}
    una vez por|a {per} = once a {per}
    una vez a la semana = once a week
    dos veces al {per} = twice a {per}
    dos veces por {per} = twice a {per}
    dos veces a la semana = twice a week
    {n} veces al|por {per} = {n} times a {per}
    {n} veces a la semana = {n} times a week
    {n} veces = {n} times
    (el) {ord} {w} del mes = {ord} {w} of the month
    (el) {ord} {w} del próximo mes = {ord} {w} of next month
    (el) {ord} {w} del mes que viene = {ord} {w} of next month
    (el) {ord} {w} del mes próximo = {ord} {w} of next month
    {ord} mes de {year} = {ord:n}/{year}
    {clock} de|por la {part} = {clock} in the {part}
    (el) {ord} {w} de cada mes = {ord} {w} of the month
    (el) {ord} {w} de {M} = {ord} {w} of {M}
    (el) último {w} del mes = last {w} of the month
    (el) último {w} de cada mes = last {w} of the month
    (el) último {w} de {M} = last {w} of {M}
    (el) último día del|de (cada) mes = last day of the month
    (el) último día de {M} = last day of {M}
    (el) primer día del|de (cada) mes = first day of the month
    (el) último día hábil|laborable del mes = last business day of the month
    (el) primer día hábil|laborable del mes = first business day of the month
    (la) última semana de {M} = last week of {M}
    (la) {ord} semana de {M} = {ord} week of {M}
    el (día) {d} de cada mes = on the {d} of every month
    el (día) {d} del mes = on the {d} of the month
    los días {d} de cada mes = on the {d} of every month
    (el) {ord} trimestre = {ord} quarter
    (el) {ord} trimestre de {year} = {ord} quarter of {year}
    a|al|para (el) {edge} del|de (la) {per} = {edge} the {per}
    {edge} del|de (la) {per} = {edge} the {per}
    (a|para) {edge} de {M} = {edge} {M}
    (a) fin de mes = end of the month
    (a) fin de año = end of the year
    al final del día = end of day
    (la) semana del {date} = week of {date}
    el {d} = the {d}
    el día {dated} = on {dated}
    el día {d} = on the {d}
    día {d} = on the {d}
    el {d} de {M} = on the {d} {M}
    {d} de {M} = {d} {M}
    (el) {d} de {M} de|del {year} = {d} {M} {year}
    {ord} de {M} = {ord} {M}
    {M} de|del {year} = {M} {year}
    a partir de (la) = starting
    a partir del = starting
    desde el = starting
    hasta (el|la) = until
    antes del|de (la) = before
    después del|de (la) = after
    para el {date} = by {date}
    en {M} = in {M}
    en {M} de|del {year} = in {M} {year}
    para mañana = by tomorrow
    excepto|salvo (los|las|el) = except
    feriados|festivos = holidays
    (la) víspera de|del {date} = the day before {date}
    (el) día antes de|del {date} = the day before {date}
    (el) día después de|del {date} = the day after {date}
    {h} h = {h} o'clock
    y medio|media = and a half
    más tarde = later
    algún día = sometime
    no|nunca = not
    sin = without
    y = and
    o = or
    el|la = the
    a primera hora = in the morning
    mañana temprano = tomorrow morning
    mañana a primera hora = tomorrow morning
    todos los {ord} {w} de (cada) mes = every {ord} {w} of the month
    todos los {ord} {w} del mes = every {ord} {w} of the month
    (la) víspera de navidad = 24 december
    (el) día de navidad = 25 december
    después de navidad = after 25 december
    viernes santo = good friday
    domingo de resurrección|pascua = easter
    (el) lunes de pascua = easter monday
    (la|en) navidad = 25 december
    (en) nochebuena = 24 december
    (en) nochevieja = 31 december
    (en) (el) año nuevo = 1 january
    (en) (el) ano nuevo = 1 january
    (el) día de reyes = 6 january
    (el) san valentín = 14 february
    recuérdame|recordame|recuerdame = remind me
"""
SPANISH = Language(
    "es",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        (por) (favor) (,) recuérdame|recordame (por) (favor)
        (por) (favor) recuérdeme
        (me) recuerdas
        acuérdate
    """,
    after_openers="que de",
    ordinal_endings="º ª o a er ro do",
    hours="h hs hrs horas",
    joins="y e &",
    links="de del",
    before_days="próximo cada",
)
