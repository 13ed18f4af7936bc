"""Portuguese."""

from assistant.when.languages.table import Language

ONES = (
    "zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze",
    "catorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove",
)  # fmt: skip
TENS = ("vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa")
PLACES = ("primeir", "segund", "terceir", "quart", "quint", "sext", "sétim", "oitav", "non", "décim")


def _numbers() -> "dict[str, int]":
    found = {name: value for value, name in enumerate(ONES)}
    found |= {"uma": 1, "duas": 2, "quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "cem": 100}
    for place, ten in enumerate(TENS, start=2):
        found[ten] = place * 10
        for value in range(1, 10):
            found[f"{ten}_e_{ONES[value]}"] = place * 10 + value
        found |= {f"{ten}_e_uma": place * 10 + 1, f"{ten}_e_duas": place * 10 + 2}
    return found


def _ordinals() -> "dict[str, int]":
    return {stem + ending: value for value, stem in enumerate(PLACES, start=1) for ending in ("o", "a")}


CLASSES = {
    "w": """
        monday: segunda-feira segunda seg*
        tuesday: terça-feira terça ter*
        wednesday: quarta-feira quarta qua*
        thursday: quinta-feira quinta qui*
        friday: sexta-feira sexta sex*
        saturday: sábado sáb*
        sunday: domingo dom*
    """,
    "ws": """
        mondays: segundas-feiras segundas
        tuesdays: terças-feiras terças
        wednesdays: quartas-feiras quartas
        thursdays: quintas-feiras quintas
        fridays: sextas-feiras sextas
        saturdays: sábados
        sundays: domingos
    """,
    "M": """
        january: janeiro jan*
        february: fevereiro fev*
        march: março
        april: abril abr*
        may: maio
        june: junho jun*
        july: julho jul*
        august: agosto ago*
        september: setembro set*
        october: outubro out*
        november: novembro nov*
        december: dezembro dez*
    """,
    "u": """
        seconds: segundo segundos seg
        minutes: minuto minutos min
        hours: hora horas h
        days: dia dias
        weeks: semana semanas
        months: mês meses
        quarters: trimestre trimestres
        years: ano anos
        workdays: dia_útil dias_úteis
        weekends: fim_de_semana fins_de_semana
    """,
    "per": """
        day: dia
        week: semana
        month: mês
        quarter: trimestre
        year: ano
        weekend: fim_de_semana
    """,
    "part": """
        morning: manhã
        afternoon: tarde
        evening: noite
    """,
    "which": """
        next: próximo próxima próximos próximas seguinte
        last: passado passada último última
    """,
    "now": """
        now: já*
    """,
    "this": """
        this: este esta esse essa neste nesta nesse nessa
    """,
    "all": """
        every: cada
    """,
    "article": """
        a: um uma
    """,
    "edge": """
        end of: fim final
        beginning of: início começo princípio
        middle of: meados meio
    """,
    "on": """
        on: no na
    """,
}
AMOUNTS = """
    meia hora = half an hour
    meio ano = 6 months
    um quarto de hora = 15 minutes
    uma hora e meia = 90 minutes
    {n} horas e meia = {n} and a half hours
    um par de {u} = 2 {u}
    alguns|algumas {u} = a few {u}
"""
CLOCKS = """
    {h} horas|hs|hrs|hora = {h} o'clock
    {h} em ponto = {h} o'clock
    {h} e meia = @h+30
    {h} e um quarto = @h+15
    {h} menos um quarto = @h-15
    {h} e {m} = @h+m
    {h} menos {m} = @h-m
    {h} horas e {m} (minutos) = @h+m
    {m} para as|a {h} = @h-m
    um quarto para as|a {h} = @h-15
    meio-dia e meia = @12+30
    meia-noite e meia = @0+30
    meio-dia e {m} = @12+m
    meio-dia = noon
    meia-noite = midnight
"""
RULES = """
    (às) 12|doze da noite = at midnight
    (de) {w} a {w2} das {clock} às|as {clock2} = every {w} to {w2} from {clock} to {clock2}
    {w} = {w}
    às!|pelas {clock} = at {clock}
    às|à|ao {timed} = at {timed}
    às {clock} da|de|pela {part} = at {clock} in the {part}
    à uma (da) (tarde) = at one o'clock
    por volta das|da|do {clock} = at {clock}
    cerca das {clock} = at {clock}
    a partir das|da|do {clock} = from {clock}
    desde as|a|o {clock} = from {clock}
    até (às|as|à|ao) {clock} = until {clock}
    antes das|da|do {clock} = before {clock}
    depois|após das|da|do|as {clock} = after {clock}
    das|da {clock} às|as|à|ao {clock2} = from {clock} to {clock2}
    das|da {clock} até (às|as|à|ao) {clock2} = from {clock} to {clock2}
    entre (as|a|o) {clock} e (as|a|o) {clock2} = between {clock} and {clock2}
    de|do|da {date} a|até|ao (à|ao|o) {date2} = from {date} to {date2}
    a partir de {date} até (ao|a) {date2} = from {date} to {date2}
    entre (o|a) {date} e (o|a) {date2} = between {date} and {date2}
    {date} a|ao {dated2} = {date} to {dated2}
    {dated} a|ao {date2} = {dated} to {date2}
    hoje = today
    amanhã = tomorrow
    depois de amanhã = day after tomorrow
    ontem = yesterday
    anteontem = day before yesterday
    agora|imediatamente = now
    {now} = {now}
    agora mesmo = now
    (de) {part} e (à|de) {part2} = sometime
    neste|nesse|este instante|momento = now
    {this} {part} = this {part}
    hoje (à|a|de|pela) {part} = this {part}
    amanhã (à|a|de|pela) {part} = tomorrow {part}
    depois de amanhã (à|a|de|pela) {part} = day after tomorrow {part}
    ontem (à|a|de) {part} = yesterday {part}
    {w} (à|a|de|pela) {part} = {w} {part}
    de|da|à|a|pela {part} = in the {part}
    {clock} da madrugada = {clock} in the morning
    de|da madrugada = in the morning
    daqui a {amount} = in {amount}
    dentro de {amount} = in {amount}
    em {amount} = in {amount}
    há {amount} = {amount} ago
    faz {amount} = {amount} ago
    {amount} atrás = {amount} ago
    há {amount} atrás = {amount} ago
    {amount} antes de|do|da|das = {amount} before
    {amount} depois de|do|da|das = {amount} after
    {amount} mais tarde = {amount} later
    durante|por {amount} = for {amount}
    (o|a|no|na) {which} {w} = {which} {w}
    (o|a|no|na) {w} {which} = {which} {w}
    (o|a|no|na) {w} que vem = next {w}
    {this} {w} = {w}
    (o|a|no|na) {which} {per} = {which} {per}
    (o|a|no|na) {per} {which} = {which} {per}
    (o|a|no|na) {per} que vem = next {per}
    {M} {which} = {which} {M}
    {M} que vem = next {M}
    {this} {per} = this {per}
    (os|as|nos|nas) {which} {n} {u} = {which} {n} {u}
    (os|as) {n} {which} {u} = {which} {n} {u}
    {n} {u} que vem = next {n} {u}
    {w} da|na (próxima) semana que vem = {w} of next week
    {w} da|na próxima semana = {w} of next week
    {w} da|na semana que vem = {w} of next week
    {w} desta|dessa|nesta|nessa semana = {w} of this week
    {on} {w} = on {w}
    {w} {d} = {w} the {d}
    {w} {d} de {M} = {w} {d} {M}
    toda|todo (a|o) {ord} {w} (do) (mês) = every {ord} {w} of the month
    {w} a {w2} = {w} to {w2}
    {w} (,) dia {d} = {w} the {d}
    aos|às {ws} = every {ws}
    às|as {ws} e {ws2} = every {ws} and {ws2}
    todas|todos as|os {ws} = every {ws}
    todas|todos as|os {ws} e {ws2} = every {ws} and {ws2}
    todas|todos as|os {ws} , {ws2} e {ws3} = every {ws} , {ws2} and {ws3}
    toda|todo (a|o) {w} = every {w}
    toda|todo {w} e {w2} = every {w} and {w2}
    toda|todo {w} (à|a|de|pela) {part} = every {w} {part}
    toda|todo (a|o) {u} = every {u}
    toda|todo (a) {part} = every {part}
    todos|todas os|as {u} = every {u}
    todas as manhãs = every morning
    todas as tardes = every afternoon
    todas as noites = every evening
    todo dia {d} = every {d}
    todo (o) dia {d} de cada mês = every {d} of the month
    cada {w} = every {w}
    (a) cada {u} = every {u}
    (a) cada {amount} = every {amount}
    (a) cada {amount} na|no|à|às|aos {w} = every {amount} on {w}
    (a) cada {amount} às|aos {ws} = every {amount} on {ws}
    cada {part} = every {part}
    (a) cada {ord} {w} (do) (mês) = every {ord} {w} of the month
    (a) cada duas {ws} = every other {ws}
    {w} sim , {w2} não = every other {w}
    dia sim , dia não = every other day
    todo dia útil = every business day
    (em|nos) (todos) (os) dias úteis = every business day
    aos|nos fins de semana = weekends
    durante a semana = weekdays
    diariamente = daily
    semanalmente = weekly
    quinzenalmente = every 2 weeks
    mensalmente = monthly
    trimestralmente = quarterly
    anualmente = yearly
    uma vez por|ao|à {per} = once a {per}
    duas vezes por|ao|à {per} = twice a {per}
    {n} vezes por|ao|à {per} = {n} times a {per}
    {n} vezes = {n} times
    (o|a|no|na) {ord} {w} do mês = {ord} {w} of the month
    (o|a|no|na) {ord} {w} do próximo mês = {ord} {w} of next month
    (o|a|no|na) {ord} {w} do mês que vem = {ord} {w} of next month
    (o|do|desde|no) {ord} mês (de) {year} = {ord:n}/{year}
    (a) partir do {ord} mês (de) {year} = from {ord:n}/{year}
    a|ao|até|- (ao|o) {ord} mês (de) {year} = to {ord:n}/{year}
    entre o {ord} mês (de) {year} = between {ord:n}/{year}
    e (o) {ord} mês (de) {year} = and {ord:n}/{year}
    a|ao|até|- (ao|o) {ord} trimestre (de) {year} = to {ord} quarter of {year}
    entre o {ord} trimestre (de) {year} = between {ord} quarter of {year}
    e (o) {ord} trimestre (de) {year} = and {ord} quarter of {year}
    {clock} da|de|pela {part} = {clock} in the {part}
    (o|a|no|na) {ord} {w} de cada mês = {ord} {w} of the month
    (o|a|no|na) {ord} {w} de {M} = {ord} {w} of {M}
    (o|a|no|na) última|último {w} do mês = last {w} of the month
    (o|a|no|na) última|último {w} de cada mês = last {w} of the month
    (o|a|no|na) última|último {w} de {M} = last {w} of {M}
    (o|no) último dia do|de (cada) mês = last day of the month
    (o|no) último dia de {M} = last day of {M}
    (o|no) primeiro dia do|de (cada) mês = first day of the month
    (o|no) último dia útil do|de (cada) mês = last business day of the month
    (o|no) primeiro dia útil do|de (cada) mês = first business day of the month
    (a|na) última semana de {M} = last week of {M}
    (a|na) {ord} semana de {M} = {ord} week of {M}
    (no|o) (dia) {d} de cada mês = on the {d} of every month
    (no|o) dia {d} do mês = on the {d} of the month
    (o|no|do|desde) {ord} trimestre = {ord} quarter
    (o|no|do|desde) {ord} trimestre (de) {year} = {ord} quarter of {year}
    (o|no) último trimestre (de) {year} = 4th quarter of {year}
    (o|no) último mês (de) {year} = december {year}
    (no|ao) (o) {edge} do|da|de {per} = {edge} the {per}
    (no|em) (o) {edge} de {M} = {edge} {M}
    (no|ao) fim do dia = end of day
    (a|na) semana de|do (dia) {date} = week of {date}
    {this} dia {d} = on the {d}
    (no|o) dia {d} = on the {d}
    (no|o) dia {dated} = on {dated}
    no (dia) {d} de {M} = on the {d} {M}
    (dia) {d} de {M} = {d} {M}
    {d} de {M} de {year} = {d} {M} {year}
    {d} {M} de {year} = {d} {M} {year}
    {d} de {M} {year} = {d} {M} {year}
    {M} de {year} = {M} {year}
    a partir de|do|da = starting
    desde (o|a) = since
    até (a|o|à|ao) = until
    antes de|do|da = before
    depois de|do|da = after
    após (o|a) = after
    para o|a {date} = by {date}
    em {M} = in {M}
    em {M} de {year} = in {M} {year}
    para {dated} = by {dated}
    para amanhã = by tomorrow
    exceto|salvo (aos|às|nos|nas|os|as) = except
    feriados = holidays
    (na|a) véspera de|do {date} = the day before {date}
    (no|o) dia antes de|do {date} = the day before {date}
    (no|o) dia depois de|do {date} = the day after {date}
    {h} h = {h} o'clock
    e meio|meia = and a half
    mais tarde = later
    um dia = sometime
    não|nunca = not
    sem = without
    e = and
    ou = or
    o|a = the
    amanhã cedo = tomorrow morning
    logo cedo = in the morning
    todas|todos as|os {ord} {ws} do mês = every {ord} {ws} of the month
    segunda|terceira|quarta|quinta|sexta vez|mão|via|edição|parte|versão|opção|tentativa|etapa|fase|série = ·
    (na|a) (domingo) (de) páscoa = easter
    (na) sexta-feira santa = good friday
    (no|o) natal = 25 december
    (no|o) dia de natal = 25 december
    (na|a) véspera de natal = 24 december
    (no|o) ano novo = 1 january
    (no|o) réveillon = 31 december
    lembra|lembre|lembrar (-) me = remind me
    me lembra|lembre = remind me
"""
PORTUGUESE = Language(
    "pt",
    numbers=_numbers(),
    ordinals=_ordinals(),
    classes=CLASSES,
    amounts=AMOUNTS,
    clocks=CLOCKS,
    rules=RULES,
    openers="""
        (por) (favor) (,) lembra|lembre|lembrar (-) me
        (por) (favor) (,) me lembra|lembre
    """,
    after_openers="de do da que",
    ordinal_endings="º ª o a",
    hours="h hs hrs horas",
    joins="e &",
    links="de do",
    before_days="toda próxima",
)
