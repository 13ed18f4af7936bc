"""Dutch: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    vandaag om 18 uur | 2026-11-24 18:00
    morgen om 9 uur | 2026-11-25 09:00
    morgen om 9:30 | 2026-11-25 09:30
    morgenochtend | 2026-11-25 08:00
    morgenochtend om 6 uur | 2026-11-25 06:00
    morgenavond om 8 uur | 2026-11-25 20:00
    overmorgen om 14 uur | 2026-11-26 14:00
    vanavond | 2026-11-24 18:00
    vanavond om 8 uur | 2026-11-24 20:00
    vanmiddag om 3 uur | 2026-11-24 15:00
    vannacht | 2026-11-25 00:00
    gisteren | 2026-11-23 09:00
    eergisteren om 10 uur | 2026-11-22 10:00
    om 15:30 | 2026-11-24 15:30
    om 15.30 uur | 2026-11-24 15:30
    om 3 uur | 2026-11-24 15:00
    om half vier | 2026-11-24 15:30
    om halfacht | 2026-11-25 07:30
    om kwart over drie | 2026-11-24 15:15
    om kwart voor negen | 2026-11-25 08:45
    om tien voor half acht | 2026-11-25 07:20
    om tien over half acht | 2026-11-25 07:40
    om vijf over acht | 2026-11-25 08:05
    om 8 uur 's avonds | 2026-11-24 20:00
    om acht uur 's ochtends | 2026-11-25 08:00
    om 3 uur 's nachts | 2026-11-25 03:00
    om middernacht | 2026-11-25 00:00
    rond 5 uur | 2026-11-24 17:00
    vrijdag | 2026-11-27 09:00
    vrijdag om 14 uur | 2026-11-27 14:00
    vrijdagavond | 2026-11-27 18:00
    op vrijdag | 2026-11-27 09:00
    volgende maandag | 2026-11-30 09:00
    vorige maandag | 2026-11-23 09:00
    deze vrijdag | 2026-11-27 09:00
    aanstaande zondag | 2026-11-29 09:00
    volgende week dinsdag | 2026-12-01 09:00
    volgende week | 2026-11-30 09:00
    volgende maand | 2026-12-01 09:00
    volgend jaar | 2027-01-01 09:00
    vorige week | 2026-11-16 09:00
    op 15 maart | 2027-03-15 09:00
    op 15 maart om 14 uur | 2027-03-15 14:00
    op 15-03-2027 om 14:00 | 2027-03-15 14:00
    15 december 2026 | 2026-12-15 09:00
    de eerste december | 2026-12-01 09:00
    op de 5e om 10 uur | 2026-12-05 10:00
    de eerste maandag van februari | 2027-02-01 09:00
    over een uur | 2026-11-24 11:15
    over 2 uur | 2026-11-24 12:15
    over anderhalf uur | 2026-11-24 11:45
    over een half uur | 2026-11-24 10:45
    over een kwartier | 2026-11-24 10:30
    over 20 minuten | 2026-11-24 10:35
    over drie dagen om 9 uur | 2026-11-27 09:00
    over twee weken | 2026-12-08 10:15
    over een maand | 2026-12-24 10:15
    over 2 uur en 15 minuten | 2026-11-24 12:30
    3 dagen geleden | 2026-11-21 10:15
    twee dagen voor kerst | 2026-12-23 09:00
    voor vrijdag | 2026-11-27 09:00
    uiterlijk vrijdag | 2026-11-27 09:00
    einde van de maand | 2026-11-30 09:00
    eind maart | 2027-03-31 09:00
    begin april | 2027-04-01 09:00
    half mei | 2027-05-15 09:00
    dit weekend | 2026-11-28 09:00
    donderdag van 9 tot 11 uur | 2026-11-26 09:00
    tussen 9 en 11 uur | 2026-11-25 09:00
    de laatste dag van de maand | 2026-11-30 09:00
    herinner me morgen om 9 uur aan de tandarts | 2026-11-25 09:00 | de tandarts
    herinner me eraan om Ada vrijdag te bellen | 2026-11-27 09:00 | Ada te bellen
    herinner mij over 10 minuten de oven uit te zetten | 2026-11-24 10:25 | de oven uit te zetten
    Ada vrijdag om 15 uur bellen | 2026-11-27 15:00 | Ada bellen
    morgen melk kopen | 2026-11-25 09:00 | melk kopen
    rapport inleveren voor 31 juli | 2027-07-31 09:00 | rapport inleveren
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    vergeet niet om morgen melk te kopen | 2026-11-25 09:00 | vergeet niet om melk te kopen
    op de 15e van de maand | 2026-12-15 09:00
    maandag 30 november om 9 uur | 2026-11-30 09:00
    tandarts dinsdag 1 december 14:30 | 2026-12-01 14:30 | tandarts
    vergadering morgen van 14 tot 15:30 uur | 2026-11-25 14:00 | vergadering
    vergadering van 14:00 tot 15:30 morgen | 2026-11-25 14:00 | vergadering
    Jan morgenochtend om 9 uur bellen | 2026-11-25 09:00 | Jan bellen
    een jaar geleden | 2025-11-24 10:15
    voor 12 uur | 2026-11-24 12:00
    na 18 uur | 2026-11-24 18:00
    vanaf maandag | 2026-11-30 09:00
    vandaag om 12 uur | 2026-11-24 12:00
    volgende zaterdag om 20 uur | 2026-12-05 20:00
    volgende week op dinsdag om 9 uur | 2026-12-01 09:00
    woensdag 9 uur | 2026-11-25 09:00
    morgen 14u | 2026-11-25 14:00
    morgen 14u30 | 2026-11-25 14:30
    5/12 | 2026-12-05 09:00
    op 5/12 om 8 uur | 2026-12-05 08:00
    2 december, 15 uur | 2026-12-02 15:00
    Pasen | 2027-03-28 09:00
    tweede paasdag | 2027-03-29 09:00
    kerstavond | 2026-12-24 09:00
    over 48 uur | 2026-11-26 10:15
    over anderhalf jaar | 2028-05-24 10:15
    over zes maanden | 2027-05-24 10:15
    om 5 uur 's middags | 2026-11-24 17:00
    om 12 uur 's nachts | 2026-11-25 00:00
    om vijf over half drie | 2026-11-24 14:35
    morgen vroeg | 2026-11-25 08:00
    vanmorgen om 11 uur | 2026-11-24 11:00
    gistermiddag | 2026-11-23 15:00
    zaterdagochtend om 10 uur | 2026-11-28 10:00
    de laatste maandag van januari | 2027-01-25 09:00
    over 3 werkdagen | 2026-11-27 10:15
    in januari | 2027-01-01 09:00
    Ik moet morgenochtend om 9 uur de dokter bellen | 2026-11-25 09:00 | Ik moet de dokter bellen
    Vergadering met Jan en Piet donderdag 3 december om 14:30 | 2026-12-03 14:30 | Vergadering met Jan en Piet
    Op 24 december cadeaus inpakken | 2026-12-24 09:00 | cadeaus inpakken
    Trein om 17:45 | 2026-11-24 17:45 | Trein
    do. 10:00 kapper | 2026-11-26 10:00 | kapper
    over 45 min taart uit de oven | 2026-11-24 11:00 | taart uit de oven
    voor het einde van de maand | 2026-11-30 09:00
    van 1 tot 5 december | 2026-12-01 09:00
    woensdag 2 december | 2026-12-02 09:00
    in december | 2026-12-01 09:00
    in maart 2027 | 2027-03-01 09:00
    maandagochtend 8:30 | 2026-11-30 08:30
    morgen om 12 uur 's middags | 2026-11-25 12:00
    om 9 uur precies | 2026-11-25 09:00
    over een half jaar | 2027-05-24 10:15
    half 9 | 2026-11-25 08:30
    kwart voor 1 | 2026-11-24 12:45
"""
RULES = """
    elke maandag | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    elke maandag om 9 uur | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    iedere maandag om 9 uur | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    elke maandag en donderdag om 9 uur | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    elke dag om 7 uur | FREQ=DAILY | 11-25 07:00
    iedere ochtend | FREQ=DAILY | 11-25 08:00
    elke avond om 10 uur | FREQ=DAILY | 11-24 22:00
    's maandags om 9 uur | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    maandags | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    om de andere dinsdag | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 12-01 09:00
    om de week | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    om de dag | FREQ=DAILY;INTERVAL=2 | 11-26 09:00
    om de twee weken | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    elke twee weken op vrijdag om 10 uur | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    elk uur | ELAPSED:PT1H | 11-24 11:15
    elk half uur | ELAPSED:PT30M | 11-24 10:45
    elke drie dagen | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    elke 30 minuten | ELAPSED:PT30M | 11-24 10:45
    elke werkdag om 8:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    op werkdagen om 8 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    doordeweeks om 8 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    dagelijks om 8 uur | FREQ=DAILY | 11-25 08:00
    elke dag om 8 en 20 uur | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    maandelijks | FREQ=MONTHLY | 12-24 09:00
    op de eerste van elke maand | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    op de 1e en de 15e van elke maand | FREQ=MONTHLY;BYMONTHDAY=1,15 | 12-01 09:00
    de eerste maandag van de maand om 10 uur | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    de eerste maandag van elke maand | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    de laatste vrijdag van de maand om 16 uur | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    elk jaar op 3 mei | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    elke 3 mei | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    van maandag tot en met vrijdag om 9 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    ma-vr om 9 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    een keer per week | FREQ=WEEKLY | 12-01 09:00
    elke maandag tot eind maart | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    elke maandag vanaf 1 december | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    elke dag om 9 uur tot 5 december | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    elke zaterdag en zondag om 10 uur | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    elke tweede dinsdag van de maand | FREQ=MONTHLY;BYDAY=2TU | 12-08 09:00
    Herinner me elke maandag om 9 uur aan de vergadering | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | de vergadering
    vuilnis buiten zetten elke dinsdag om 20 uur | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | vuilnis buiten zetten
    elke drie maanden | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00
    om de twee dagen | FREQ=DAILY;INTERVAL=2 | 11-26 09:00
    elke 2 uur tussen 8 en 20 uur | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    elk uur van 9 tot 17 uur | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    twee keer per dag om 8 en 20 uur | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    elke maand op de 15e | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    elke week op dinsdag om 9 uur | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    elke dag behalve zondag om 9 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    elke maandag gedurende 5 weken | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    5 keer elke maandag | FREQ=WEEKLY;BYDAY=MO;COUNT=5 | 11-30 09:00
    elke eerste maandag van de maand | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    op maandag en woensdag om 18 uur | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    maandag, woensdag en vrijdag om 7 uur | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    ma, wo en vr om 7 uur | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    elke zes maanden | FREQ=MONTHLY;INTERVAL=6 | 05-24 09:00
    de tweede dinsdag van elke maand om 10 uur | FREQ=MONTHLY;BYDAY=2TU | 12-08 10:00
    van maandag tot donderdag van 9 tot 18 uur | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH | 11-25 09:00
    Huur betalen op de eerste van elke maand | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00 | Huur betalen
    Planten water geven om de twee dagen om 19 uur | FREQ=DAILY;INTERVAL=2 | 11-24 19:00 | Planten water geven
    elke vrijdagavond | FREQ=WEEKLY;BYDAY=FR | 11-27 18:00
    dinsdag en donderdag van 9 tot 12 uur | FREQ=WEEKLY;BYDAY=TU,TH | 11-26 09:00
    elke maandagochtend om 8 uur | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    elke 3 dagen om 8 uur | FREQ=DAILY;INTERVAL=3 | 11-25 08:00
    één keer per maand | FREQ=MONTHLY | 12-24 09:00
    elke week op maandag | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
"""
NO_TIMES = """
    twee keer per dag
    de rekening betalen
    eerste poging
    de drie biggetjes
    we gaan zo eten
    over het weer praten
    twee kilo appels kopen
    tot zo
    niet morgen
    elke madnag om 9 uur
    later op vrijdag
    maandag of dinsdag
    vrijdag om 9 of 10 uur
    morgen om 9 en vrijdag om 10
    op 31 februari
    om 25 uur
    tussen kerst en nieuwjaar
    volgende zomer
    goede morgen zeggen
    goedenavond
    nu en dan
    over het algemeen
    voor altijd
    na jou
    tot ziens
    tussen ons
    in huis
    op school
    van A tot Z
    eerste keer
    laatste kans
    volgende stap
    elke keer
    alle kinderen
    drie biggetjes
    een jaar garantie
    drie maanden oud
    hoofdstuk 5
    pagina 12-15
    2 kg meel
    versie 3.2
    de dag des oordeels
    weekplan maken
    uur van de waarheid
    zo is het
    do it
    week menu
    half brood
    mei-tak
"""
