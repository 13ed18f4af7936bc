"""Italian: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    oggi alle 18 | 2026-11-24 18:00
    domani alle 9 | 2026-11-25 09:00
    domani alle 9:30 | 2026-11-25 09:30
    domani mattina | 2026-11-25 08:00
    domani mattina alle 6 | 2026-11-25 06:00
    domani sera alle 8 | 2026-11-25 20:00
    dopodomani alle 14 | 2026-11-26 14:00
    stasera | 2026-11-24 18:00
    stasera alle 8 | 2026-11-24 20:00
    oggi pomeriggio alle 3 | 2026-11-24 15:00
    stanotte | 2026-11-25 00:00
    ieri | 2026-11-23 09:00
    l'altro ieri alle 10 | 2026-11-22 10:00
    alle 15:30 | 2026-11-24 15:30
    alle 15.30 | 2026-11-24 15:30
    alle 3 | 2026-11-24 15:00
    alle tre e mezza | 2026-11-24 15:30
    alle tre e un quarto | 2026-11-24 15:15
    alle nove meno un quarto | 2026-11-25 08:45
    alle nove meno dieci | 2026-11-25 08:50
    all'una | 2026-11-24 13:00
    all'una e mezza | 2026-11-24 13:30
    alle 8 di sera | 2026-11-24 20:00
    alle otto del mattino | 2026-11-25 08:00
    alle 3 di notte | 2026-11-25 03:00
    a mezzogiorno | 2026-11-24 12:00
    a mezzogiorno e mezzo | 2026-11-24 12:30
    a mezzanotte | 2026-11-25 00:00
    verso le 5 | 2026-11-24 17:00
    venerdì | 2026-11-27 09:00
    venerdì alle 14 | 2026-11-27 14:00
    venerdì sera | 2026-11-27 18:00
    lunedì prossimo | 2026-11-30 09:00
    il prossimo lunedì | 2026-11-30 09:00
    lunedì scorso | 2026-11-23 09:00
    questo venerdì | 2026-11-27 09:00
    martedì della prossima settimana | 2026-12-01 09:00
    la prossima settimana | 2026-11-30 09:00
    la settimana prossima | 2026-11-30 09:00
    il mese prossimo | 2026-12-01 09:00
    il prossimo anno | 2027-01-01 09:00
    la settimana scorsa | 2026-11-16 09:00
    il 15 marzo | 2027-03-15 09:00
    il 15 marzo alle 14 | 2027-03-15 14:00
    il 15/03/2027 alle 14:00 | 2027-03-15 14:00
    15 dicembre 2026 | 2026-12-15 09:00
    il primo dicembre | 2026-12-01 09:00
    il 1º dicembre | 2026-12-01 09:00
    il 5 alle 10 | 2026-12-05 10:00
    il primo lunedì di febbraio | 2027-02-01 09:00
    tra un'ora | 2026-11-24 11:15
    fra 2 ore | 2026-11-24 12:15
    tra un'ora e mezza | 2026-11-24 11:45
    tra mezz'ora | 2026-11-24 10:45
    tra un quarto d'ora | 2026-11-24 10:30
    tra 20 minuti | 2026-11-24 10:35
    tra tre giorni alle 9 | 2026-11-27 09:00
    tra due settimane | 2026-12-08 10:15
    tra un mese | 2026-12-24 10:15
    tra 2 ore e 15 minuti | 2026-11-24 12:30
    3 giorni fa | 2026-11-21 10:15
    due giorni prima di Natale | 2026-12-23 09:00
    entro venerdì | 2026-11-27 09:00
    entro le 18 | 2026-11-24 18:00
    a fine mese | 2026-11-30 09:00
    a fine marzo | 2027-03-31 09:00
    a inizio aprile | 2027-04-01 09:00
    a metà maggio | 2027-05-15 09:00
    questo fine settimana | 2026-11-28 09:00
    giovedì dalle 9 alle 11 | 2026-11-26 09:00
    tra le 9 e le 11 | 2026-11-25 09:00
    dalle 9 alle 11 di giovedì | 2026-11-26 09:00
    l'ultimo giorno del mese | 2026-11-30 09:00
    ricordami domani alle 9 di chiamare Ada | 2026-11-25 09:00 | chiamare Ada
    ricordami di chiamare Ada venerdì | 2026-11-27 09:00 | chiamare Ada
    ricordami tra 10 minuti di spegnere il forno | 2026-11-24 10:25 | spegnere il forno
    chiamare Ada venerdì alle 15 | 2026-11-27 15:00 | chiamare Ada
    comprare il latte domani | 2026-11-25 09:00 | comprare il latte
    consegnare la relazione entro il 31 luglio | 2027-07-31 09:00 | consegnare la relazione
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    non dimenticare di comprare il latte domani | 2026-11-25 09:00 | non dimenticare di comprare il latte
    il 15 del mese | 2026-12-15 09:00
    lunedì 30 novembre alle 9 | 2026-11-30 09:00
    dentista martedì 1 dicembre 14:30 | 2026-12-01 14:30 | dentista
    riunione domani dalle 14 alle 15:30 | 2026-11-25 14:00 | riunione
    riunione dalle 14:00 alle 15:30 domani | 2026-11-25 14:00 | riunione
    chiamare Gianni domani mattina alle 9 | 2026-11-25 09:00 | chiamare Gianni
    fattura del 15 marzo da pagare venerdì | 2026-11-27 09:00 | fattura del 15 marzo da pagare
    un anno fa | 2025-11-24 10:15
    prima delle 12 | 2026-11-24 12:00
    dopo le 18 | 2026-11-24 18:00
    da lunedì | 2026-11-30 09:00
    a partire da lunedì | 2026-11-30 09:00
    oggi a mezzogiorno | 2026-11-24 12:00
    sabato prossimo alle 20 | 2026-12-05 20:00
    la settimana prossima martedì alle 9 | 2026-12-01 09:00
    mercoledì 9:00 | 2026-11-25 09:00
    mercoledì ore 9 | 2026-11-25 09:00
    domani ore 14 | 2026-11-25 14:00
    il 5/12 | 2026-12-05 09:00
    il 5/12 alle 8 | 2026-12-05 08:00
    2 dicembre, 15:00 | 2026-12-02 15:00
    Pasqua | 2027-03-28 09:00
    lunedì dell'Angelo | 2027-03-29 09:00
    vigilia di Natale | 2026-12-24 09:00
    il giorno di Natale | 2026-12-25 09:00
    tra 48 ore | 2026-11-26 10:15
    fra un anno e mezzo | 2028-05-24 10:15
    tra sei mesi | 2027-05-24 10:15
    alle 5 del pomeriggio | 2026-11-24 17:00
    alle 12 di notte | 2026-11-25 00:00
    alle cinque e venti | 2026-11-24 17:20
    alle cinque meno venti | 2026-11-24 16:40
    domani presto | 2026-11-25 08:00
    questa mattina alle 11 | 2026-11-24 11:00
    ieri pomeriggio | 2026-11-23 15:00
    sabato mattina alle 10 | 2026-11-28 10:00
    l'ultimo lunedì di gennaio | 2027-01-25 09:00
    tra 3 giorni lavorativi | 2026-11-27 10:15
    a gennaio | 2027-01-01 09:00
    Devo chiamare il medico domani mattina alle 9 | 2026-11-25 09:00 | Devo chiamare il medico
    Riunione con Paolo e Maria giovedì 3 dicembre alle 14:30 | 2026-12-03 14:30 | Riunione con Paolo e Maria
    Il 24 dicembre incartare i regali | 2026-12-24 09:00 | incartare i regali
    Treno alle 17:45 | 2026-11-24 17:45 | Treno
    gio. 10:00 parrucchiere | 2026-11-26 10:00 | parrucchiere
    tra 45 min togliere la torta | 2026-11-24 11:00 | togliere la torta
    entro la fine del mese | 2026-11-30 09:00
    entro fine settimana | 2026-11-28 09:00
    dal 1 al 5 dicembre | 2026-12-01 09:00
    mercoledì 2 | 2026-12-02 09:00
    mercoledì 2 alle 10 | 2026-12-02 10:00
    a dicembre | 2026-12-01 09:00
    a marzo 2027 | 2027-03-01 09:00
    per venerdì | 2026-11-27 09:00
    lunedì mattina 8:30 | 2026-11-30 08:30
    domani a mezzogiorno | 2026-11-25 12:00
    alle ore 9 | 2026-11-25 09:00
    alle 9 in punto | 2026-11-25 09:00
"""
RULES = """
    ogni lunedì | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    ogni lunedì alle 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    tutti i lunedì alle 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    ogni lunedì e giovedì alle 9 | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    ogni giorno alle 7 | FREQ=DAILY | 11-25 07:00
    tutti i giorni alle 7 | FREQ=DAILY | 11-25 07:00
    ogni mattina | FREQ=DAILY | 11-25 08:00
    ogni sera alle 10 | FREQ=DAILY | 11-24 22:00
    il lunedì alle 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    la domenica alle 18 | FREQ=WEEKLY;BYDAY=SU | 11-29 18:00
    ogni due martedì | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 12-01 09:00
    ogni due settimane | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    ogni ora | ELAPSED:PT1H | 11-24 11:15
    ogni mezz'ora | ELAPSED:PT30M | 11-24 10:45
    ogni due settimane il venerdì alle 10 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    ogni tre giorni | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    ogni 30 minuti | ELAPSED:PT30M | 11-24 10:45
    ogni giorno lavorativo alle 8:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    nei giorni feriali alle 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    quotidianamente alle 8 | FREQ=DAILY | 11-25 08:00
    ogni giorno alle 8 e alle 20 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    ogni mese | FREQ=MONTHLY | 12-24 09:00
    il 1 di ogni mese | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    il 15 di ogni mese | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    il primo lunedì del mese alle 10 | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    il primo lunedì di ogni mese | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    l'ultimo venerdì del mese alle 16 | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    ogni 3 maggio | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    dal lunedì al venerdì alle 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    una volta alla settimana | FREQ=WEEKLY | 12-01 09:00
    ogni lunedì fino a fine marzo | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    ogni lunedì a partire dal 1 dicembre | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    ogni giorno alle 9 fino al 5 dicembre | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    ogni sabato e domenica alle 10 | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    ogni secondo martedì del mese | FREQ=MONTHLY;BYDAY=2TU | 12-08 09:00
    Ricordami ogni lunedì alle 9 la riunione | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | la riunione
    portare fuori la spazzatura ogni martedì alle 20 | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | portare fuori la spazzatura
    ogni tre mesi | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00
    ogni quindici giorni | FREQ=DAILY;INTERVAL=15 | 12-09 09:00
    un lunedì sì e uno no | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO | 11-30 09:00
    ogni 2 ore tra le 8 e le 20 | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    ogni ora dalle 9 alle 17 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    due volte al giorno alle 8 e alle 20 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    ogni mese il 15 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    ogni settimana il martedì alle 9 | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    tutti i giorni tranne la domenica alle 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    ogni lunedì per 5 settimane | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    tutti i primi lunedì del mese | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    il lunedì e il mercoledì alle 18 | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    lunedì, mercoledì e venerdì alle 7 | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    lun-ven alle 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    ogni sei mesi | FREQ=MONTHLY;INTERVAL=6 | 05-24 09:00
    ogni anno il 3 maggio | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    il secondo martedì di ogni mese alle 10 | FREQ=MONTHLY;BYDAY=2TU | 12-08 10:00
    dal lunedì al giovedì dalle 9 alle 18 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH | 11-25 09:00
    Pagare l'affitto il primo di ogni mese | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00 | Pagare l'affitto
    Annaffiare le piante ogni due giorni alle 19 | FREQ=DAILY;INTERVAL=2 | 11-24 19:00 | Annaffiare le piante
    ogni venerdì sera | FREQ=WEEKLY;BYDAY=FR | 11-27 18:00
    dal lunedì al venerdì alle 9 e alle 17 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17;BYMINUTE=0 | 11-24 17:00
    il martedì e il giovedì dalle 9 alle 12 | FREQ=WEEKLY;BYDAY=TU,TH | 11-26 09:00
    ogni lunedì mattina alle 8 | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    ogni 3 giorni alle 8 | FREQ=DAILY;INTERVAL=3 | 11-25 08:00
    una volta al mese | FREQ=MONTHLY | 12-24 09:00
    tutte le settimane il lunedì | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
"""
NO_TIMES = """
    due volte al giorno
    pagare la fattura
    il primo tentativo
    i tre porcellini
    guardare il mar Ligure
    secondo piano
    comprare due chili di mele
    sei pronto
    non domani
    ogni lundeì alle 9
    più tardi venerdì
    lunedì o martedì
    venerdì alle 9 o alle 10
    domani alle 9 e venerdì alle 10
    il 31 febbraio
    alle 25
    chiamare le 3 amiche
    gli 8 libri
    tra Natale e Capodanno
    la prossima estate
    buongiorno a tutti
    buona sera signora
    sei bravo
    sei mele
    che ora è
    la prima volta
    ultima possibilità
    secondo me
    il secondo piatto
    un anno di garanzia
    tre mesi di stipendio
    in casa
    in Italia
    a casa
    alle ragazze
    tra noi
    fra poco
    da solo
    dal medico
    fino in fondo
    per sempre
    ogni tanto
    ogni volta
    tutti i bambini
    capitolo 5
    pagine 12-15
    2 kg di farina
    versione 3.2
    il giorno D
    dalla A alla Z
    prima di tutto
    dopo tutto
    fine della storia
    mezzo litro
    due volte di più
    prossimo capitolo
"""
