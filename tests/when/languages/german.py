"""German: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    heute um 18 Uhr | 2026-11-24 18:00
    morgen um 9 | 2026-11-25 09:00
    morgen um 9:30 | 2026-11-25 09:30
    morgen früh | 2026-11-25 08:00
    morgen früh um 6 | 2026-11-25 06:00
    morgen Abend | 2026-11-25 18:00
    übermorgen um halb acht | 2026-11-26 07:30
    uebermorgen um 8 | 2026-11-26 08:00
    heute Abend um 8 | 2026-11-24 20:00
    heute Nachmittag um 3 | 2026-11-24 15:00
    heute Nacht | 2026-11-25 00:00
    gestern | 2026-11-23 09:00
    vorgestern um 10 | 2026-11-22 10:00
    um 15:30 | 2026-11-24 15:30
    um 3 | 2026-11-24 15:00
    um 3 Uhr | 2026-11-24 15:00
    um 3 Uhr 30 | 2026-11-24 15:30
    um 3:30 | 2026-11-25 03:30
    um 21 Uhr abends | 2026-11-24 21:00
    um 8 Uhr morgens | 2026-11-25 08:00
    um 8:00 Uhr abends | 2026-11-24 20:00
    um Viertel vor neun | 2026-11-25 08:45
    um viertel nach drei | 2026-11-24 15:15
    um fünf vor halb acht | 2026-11-25 07:25
    um zehn nach acht | 2026-11-25 08:10
    um zwanzig vor vier | 2026-11-24 15:40
    um 5 vor 12 | 2026-11-24 11:55
    um dreiviertel acht | 2026-11-25 07:45
    um Mitternacht | 2026-11-25 00:00
    mittags | 2026-11-24 12:00
    am Freitag | 2026-11-27 09:00
    am Freitag um 14 Uhr | 2026-11-27 14:00
    am Freitagabend | 2026-11-27 18:00
    Freitag Abend | 2026-11-27 18:00
    nächsten Montag | 2026-11-30 09:00
    nächste Woche Dienstag | 2026-12-01 09:00
    nächste Woche | 2026-11-30 09:00
    nächsten Monat | 2026-12-01 09:00
    nächstes Jahr | 2027-01-01 09:00
    letzten Montag | 2026-11-23 09:00
    diesen Freitag | 2026-11-27 09:00
    kommenden Sonntag | 2026-11-29 09:00
    übernächste Woche | 2026-12-07 09:00
    Mittwoch in einer Woche | 2026-12-02 09:00
    am 15. März | 2027-03-15 09:00
    am 15. März um 14 Uhr | 2027-03-15 14:00
    am 15.3. um 14 Uhr | 2027-03-15 14:00
    am 15.03.2027 um 14:00 | 2027-03-15 14:00
    15. Dezember 2026 | 2026-12-15 09:00
    am dritten Dezember | 2026-12-03 09:00
    am 5. um 10 Uhr | 2026-12-05 10:00
    am ersten Montag im Februar | 2027-02-01 09:00
    in einer Stunde | 2026-11-24 11:15
    in 2 Stunden | 2026-11-24 12:15
    in anderthalb Stunden | 2026-11-24 11:45
    in einer halben Stunde | 2026-11-24 10:45
    in einer Viertelstunde | 2026-11-24 10:30
    in 20 Minuten | 2026-11-24 10:35
    in drei Tagen um 9 | 2026-11-27 09:00
    in zwei Wochen | 2026-12-08 10:15
    in einem Monat | 2026-12-24 10:15
    in 2 Stunden und 15 Minuten | 2026-11-24 12:30
    vor 3 Tagen | 2026-11-21 10:15
    zwei Tage vor Weihnachten | 2026-12-23 09:00
    zwei Stunden vor 18 Uhr | 2026-11-24 16:00
    bis Freitag | 2026-11-27 09:00
    bis morgen um 12 | 2026-11-25 12:00
    Ende des Monats | 2026-11-30 09:00
    Ende März | 2027-03-31 09:00
    Anfang April | 2027-04-01 09:00
    Mitte Mai | 2027-05-15 09:00
    am Wochenende | 2026-11-28 09:00
    Heiligabend | 2026-12-24 09:00
    Silvester um 22 Uhr | 2026-12-31 22:00
    von 9 bis 11 Uhr am Donnerstag | 2026-11-26 09:00
    zwischen 9 und 11 Uhr | 2026-11-25 09:00
    am letzten Tag des Monats | 2026-11-30 09:00
    Erinnere mich morgen um 9 an den Zahnarzt | 2026-11-25 09:00 | den Zahnarzt
    Erinnere mich daran, am Freitag Ada anzurufen | 2026-11-27 09:00 | Ada anzurufen
    Erinnere mich in 10 Minuten, den Herd auszuschalten | 2026-11-24 10:25 | den Herd auszuschalten
    Ada am Freitag um 15 Uhr anrufen | 2026-11-27 15:00 | Ada anrufen
    Steuererklärung bis 31. Juli abgeben | 2027-07-31 09:00 | Steuererklärung abgeben
    morgen Milch kaufen | 2026-11-25 09:00 | Milch kaufen
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    Standup tomorrow um 9 | 2026-11-25 09:00 | Standup
    Vergiss nicht, morgen Milch zu kaufen | 2026-11-25 09:00 | Vergiss nicht Milch zu kaufen
    in einigen Tagen | 2026-11-27 10:15
    Ostern | 2027-03-28 09:00
    zu Pfingsten | 2027-05-16 09:00
    vor einer Stunde | 2026-11-24 09:15
    heute vor einer Woche | 2026-11-17 10:15
    gestern Abend | 2026-11-23 18:00
    Leute morgen anrufen | 2026-11-25 09:00 | Leute anrufen
    am Ostermontag um 10 | 2027-03-29 10:00
    heute Nacht um 2 | 2026-11-25 02:00
    morgen Nacht | 2026-11-26 00:00
    nachts um 3 | 2026-11-25 03:00
    um 3 Uhr nachts | 2026-11-25 03:00
    Freitag Nacht | 2026-11-28 00:00
    in der Nacht | 2026-11-25 00:00
    Freitagnacht | 2026-11-28 00:00
    Ich muss morgen früh um 7 zum Arzt | 2026-11-25 07:00 | Ich muss zum Arzt
    Am 24.12. Geschenke einpacken | 2026-12-24 09:00 | Geschenke einpacken
    Um 9 Uhr den Bus nehmen | 2026-11-25 09:00 | den Bus nehmen
    Wäsche waschen in 45 Min | 2026-11-24 11:00 | Wäsche waschen
    in 3 Std. anrufen | 2026-11-24 13:15 | anrufen
    Termin 15.12.2026 10:00 | 2026-12-15 10:00 | Termin
    Do 10:00 Friseur | 2026-11-26 10:00 | Friseur
    Friseur am Do um 10 | 2026-11-26 10:00 | Friseur
    Zug um 17.45 Uhr | 2026-11-24 17:45 | Zug
    Zug um 17.45 | 2026-11-24 17:45 | Zug
    bis Ende der Woche fertig | 2026-11-27 09:00 | fertig
    bis Ende nächster Woche | 2026-12-04 09:00
    Ende der Woche | 2026-11-27 09:00
    zum Monatsende Rechnung schicken | 2026-11-30 09:00 | Rechnung schicken
    Montag früh | 2026-11-30 08:00
    Montagmorgen um 8 | 2026-11-30 08:00
    heute noch anrufen | 2026-11-24 12:00 | anrufen
    heute in 3 Tagen | 2026-11-27 10:15
    in 3 Tagen um 14 Uhr | 2026-11-27 14:00
    vom 1. bis 5. Dezember | 2026-12-01 09:00
    von Dienstag bis Donnerstag | 2026-12-01 09:00
    am Dienstag zwischen 9 und 11 Uhr | 2026-12-01 09:00
    übernächsten Montag | 2026-12-07 09:00
    am übernächsten Montag | 2026-12-07 09:00
    nächsten Dienstag | 2026-12-01 09:00
    Dienstag nächster Woche | 2026-12-01 09:00
    letzte Woche | 2026-11-16 09:00
    im März | 2027-03-01 09:00
    im März 2027 | 2027-03-01 09:00
    März 2027 | 2027-03-01 09:00
    um 12 | 2026-11-24 12:00
    um 12 Uhr mittags | 2026-11-24 12:00
    12 Uhr nachts | 2026-11-25 00:00
    0 Uhr | 2026-11-25 00:00
    24 Uhr | 2026-11-25 00:00
    um eins | 2026-11-24 13:00
    um halb eins | 2026-11-24 12:30
    um Viertel vor eins | 2026-11-24 12:45
    fünf nach halb sieben | 2026-11-24 18:35
    in einer Dreiviertelstunde | 2026-11-24 11:00
    in zweieinhalb Stunden | 2026-11-24 12:45
    in 1,5 Stunden | 2026-11-24 11:45
    in 1 1/2 Stunden | 2026-11-24 11:45
    am Wochenende um 10 | 2026-11-28 10:00
"""
RULES = """
    jeden Montag | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    jeden Montag um 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    jeden Montag und Donnerstag um 9 | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    jeden Tag um 7 | FREQ=DAILY | 11-25 07:00
    jeden Morgen | FREQ=DAILY | 11-25 08:00
    jeden Abend um 10 | FREQ=DAILY | 11-24 22:00
    jeden zweiten Dienstag im Monat | FREQ=MONTHLY;BYDAY=2TU | 12-08 09:00
    jeden zweiten Tag | FREQ=DAILY;INTERVAL=2 | 11-26 09:00
    jede zweite Woche | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    jede Stunde | ELAPSED:PT1H | 11-24 11:15
    jede halbe Stunde | ELAPSED:PT30M | 11-24 10:45
    alle 2 Wochen | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    alle zwei Wochen am Freitag um 10 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    alle drei Tage | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    alle 30 Minuten | ELAPSED:PT30M | 11-24 10:45
    montags | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    montags um 8 | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    montags und mittwochs um 18 Uhr | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    dienstags abends | FREQ=WEEKLY;BYDAY=TU | 11-24 18:00
    werktags um 8:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    an Werktagen um 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    täglich um 8 | FREQ=DAILY | 11-25 08:00
    täglich um 8 und 20 Uhr | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    wöchentlich | FREQ=WEEKLY | 12-01 09:00
    monatlich | FREQ=MONTHLY | 12-24 09:00
    jährlich | FREQ=YEARLY | 11-24 09:00
    am ersten jedes Monats | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    am 1. und 15. jedes Monats | FREQ=MONTHLY;BYMONTHDAY=1,15 | 12-01 09:00
    am letzten Freitag im Monat um 16 Uhr | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    am ersten Montag jedes Monats | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    jedes Jahr am 3. Mai | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    jeden 3. Mai | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    von Montag bis Freitag um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    Montag bis Freitag um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    Mo-Fr um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    Mo, Mi und Fr um 7 | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    einmal pro Woche | FREQ=WEEKLY | 12-01 09:00
    jeden Montag bis Ende März | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    jeden Montag ab 1. Dezember | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    jeden Werktag außer Freitag um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH | 11-25 09:00
    täglich um 9 bis 5. Dezember | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    jeden Samstag und Sonntag um 10 | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    jeden ersten Montag im Monat um 10 | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    alle zwei Stunden | ELAPSED:PT2H | 11-24 12:15
    jeden Tag um 8:00 Uhr abends | FREQ=DAILY | 11-24 20:00
    Bitte erinnere mich jeden Montag um 9 an das Meeting | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | das Meeting
    Müll rausbringen jeden Dienstag um 20 Uhr | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | Müll rausbringen
    alle paar Tage | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    jedes dritte Quartal | FREQ=MONTHLY;INTERVAL=9 | 08-24 09:00
    jeden Tag außer Sonntag um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    jeden Tag außer sonntags um 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    stündlich von 9 bis 17 Uhr | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    alle 2 Stunden zwischen 8 und 20 Uhr | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    zweimal täglich um 8 und 20 Uhr | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    jeden Monat am 15. | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    jeden Monat am ersten Montag | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    monatlich am 1. um 9 | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    jede Woche am Dienstag um 9 | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    wöchentlich montags um 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    jährlich am 24. Dezember | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 | 12-24 09:00
    10 Mal jeden Montag | FREQ=WEEKLY;BYDAY=MO;COUNT=10 | 11-30 09:00
    jeden Montag für 5 Wochen | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    jeden Montag 5 mal | FREQ=WEEKLY;BYDAY=MO;COUNT=5 | 11-30 09:00
    jede Nacht um 2 | FREQ=DAILY | 11-25 02:00
    jede Nacht | FREQ=DAILY | 11-25 00:00
    Den Müll jeden zweiten Montag rausbringen | FREQ=MONTHLY;BYDAY=2MO | 12-14 09:00 | Den Müll rausbringen
    Alle zwei Monate am 1. die Miete prüfen | FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1 | 12-01 09:00 | die Miete prüfen
    Jedes Quartal Steuer zahlen | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00 | Steuer zahlen
    am 1. Montag im Monat | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    jeden 1. Montag im Monat | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    jeden 1. des Monats | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    jeden 15. des Monats um 10 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 10:00
    ab nächster Woche jeden Montag um 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    jeden Montag ab nächster Woche | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    jeden Montag um 9 bis Weihnachten | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261225T235959 | 11-30 09:00
    alle halbe Stunde | ELAPSED:PT30M | 11-24 10:45
    alle Viertelstunde | ELAPSED:PT15M | 11-24 10:30
    alle 15 Minuten | ELAPSED:PT15M | 11-24 10:30
    jede zweite Stunde | ELAPSED:PT2H | 11-24 12:15
    alle 4 Stunden | ELAPSED:PT4H | 11-24 14:15
    stündlich | ELAPSED:PT1H | 11-24 11:15
    jeden Tag mittags | FREQ=DAILY | 11-24 12:00
    jeden Tag um Mitternacht | FREQ=DAILY | 11-25 00:00
    jeden Morgen um halb sieben | FREQ=DAILY | 11-25 06:30
    immer montags um 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | immer
    immer am Montag um 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    wochentags um 7 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 07:00
    jedes Wochenende | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 09:00
    samstags und sonntags um 9 | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 09:00
    Mo+Mi 18:00 | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    Mo/Mi/Fr 18 Uhr | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 18:00
    Montag, Mittwoch, Freitag 18:00 | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 18:00
"""
NO_TIMES = """
    zweimal am Tag
    Brief an Frau Mai schreiben
    Das mache ich so nicht
    Ein Buch über Tage lesen
    Die neun Zwerge besuchen
    Der Mann im Mond
    Treffen um halb
    zweiter Versuch
    nicht morgen
    jeden Montga um 9
    Montga um 9
    übermrogen um 9
    später am Freitag
    am 31. Februar
    um 25 Uhr
    um 9:75
    am Montag oder Dienstag
    morgen und übermorgen
    am Freitag um 9 oder 10
    morgen um 9 und am Freitag um 10
    Seite 12 bis 15
    am späten Nachmittag
    morgen am späten Nachmittag
    zwischen Weihnachten und Neujahr
    3 mal pro Woche
    Dienstag in 2 Wochen
    Sommer 2027
    im Sommer
    2027
    in 'ner Stunde
    in ner halben Stunde
    täglich morgens und abends
    morgens und abends
    Guten Morgen sagen
    Guten Abend wünschen
    Guten Tag Herr Müller
    gib acht auf dich
    acht Äpfel kaufen
    die sieben Zwerge
    den Mai-Baum schmücken
    so geht das nicht
    Do it yourself
    am Ende war alles gut
    jede Menge Arbeit
    letzte Chance nutzen
    nächste Station anrufen
    Tag der offenen Tür planen
    Wochenplan schreiben
    Stundenplan drucken
    ein Jahr Garantie
    drei Monate alt
    in Berlin wohnen
    Kapitel 5 lesen
    Seite 12 bis 15 lesen
    2 kg Mehl
    10 Euro an Anna
    Version 3.2 installieren
    Montagearbeiten prüfen
    Herr Sommer und Frau Winter
    alle Freunde einladen
    Jahresbericht 2027 schreiben
    Uhr reparieren
    das erste Mal
    zum ersten Mal
    um die Ecke
    vor dem Haus
    nach Hause
    in der Stadt
    seit langem
    für immer
    für 3 Personen kochen
    von A bis Z
    bis bald
"""
