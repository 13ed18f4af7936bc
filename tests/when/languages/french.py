"""French: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    aujourd'hui à 18h | 2026-11-24 18:00
    demain à 9h | 2026-11-25 09:00
    demain à 9h30 | 2026-11-25 09:30
    demain matin | 2026-11-25 08:00
    demain matin à 6h | 2026-11-25 06:00
    demain soir à 8h | 2026-11-25 20:00
    après-demain à 14h | 2026-11-26 14:00
    ce soir | 2026-11-24 18:00
    ce soir à 8h | 2026-11-24 20:00
    cet après-midi à 3h | 2026-11-24 15:00
    cette nuit | 2026-11-25 00:00
    hier | 2026-11-23 09:00
    avant-hier à 10h | 2026-11-22 10:00
    à 15h30 | 2026-11-24 15:30
    à 15 h 30 | 2026-11-24 15:30
    à 15:30 | 2026-11-24 15:30
    à 3 heures | 2026-11-24 15:00
    à 3h | 2026-11-25 03:00
    à trois heures et demie | 2026-11-24 15:30
    à trois heures et quart | 2026-11-24 15:15
    à neuf heures moins le quart | 2026-11-25 08:45
    à neuf heures moins dix | 2026-11-25 08:50
    à 8h du soir | 2026-11-24 20:00
    à 8 heures du matin | 2026-11-25 08:00
    à midi | 2026-11-24 12:00
    à midi et demi | 2026-11-24 12:30
    à minuit | 2026-11-25 00:00
    vers 17h | 2026-11-24 17:00
    vendredi | 2026-11-27 09:00
    vendredi à 14h | 2026-11-27 14:00
    vendredi soir | 2026-11-27 18:00
    lundi prochain | 2026-11-30 09:00
    lundi dernier | 2026-11-23 09:00
    ce vendredi | 2026-11-27 09:00
    mardi de la semaine prochaine | 2026-12-01 09:00
    la semaine prochaine | 2026-11-30 09:00
    le mois prochain | 2026-12-01 09:00
    l'année prochaine | 2027-01-01 09:00
    la semaine dernière | 2026-11-16 09:00
    mercredi en huit | 2026-12-02 09:00
    le 15 mars | 2027-03-15 09:00
    le 15 mars à 14h | 2027-03-15 14:00
    le 15/03/2027 à 14h00 | 2027-03-15 14:00
    15 décembre 2026 | 2026-12-15 09:00
    le premier décembre | 2026-12-01 09:00
    le 1er décembre à midi | 2026-12-01 12:00
    le 5 à 10h | 2026-12-05 10:00
    le premier lundi de février | 2027-02-01 09:00
    dans une heure | 2026-11-24 11:15
    dans 2 heures | 2026-11-24 12:15
    dans une heure et demie | 2026-11-24 11:45
    dans une demi-heure | 2026-11-24 10:45
    dans un quart d'heure | 2026-11-24 10:30
    dans 20 minutes | 2026-11-24 10:35
    dans trois jours à 9h | 2026-11-27 09:00
    dans deux semaines | 2026-12-08 10:15
    dans un mois | 2026-12-24 10:15
    dans 2 heures et 15 minutes | 2026-11-24 12:30
    dans 2h30 | 2026-11-24 12:45
    il y a 3 jours | 2026-11-21 10:15
    deux jours avant Noël | 2026-12-23 09:00
    d'ici vendredi | 2026-11-27 09:00
    avant vendredi | 2026-11-27 09:00
    fin du mois | 2026-11-30 09:00
    à la fin du mois | 2026-11-30 09:00
    fin mars | 2027-03-31 09:00
    début avril | 2027-04-01 09:00
    mi-mai | 2027-05-15 09:00
    ce week-end | 2026-11-28 09:00
    le week-end prochain | 2026-12-05 09:00
    jeudi de 9h à 11h | 2026-11-26 09:00
    entre 9h et 11h | 2026-11-25 09:00
    de 9h à 11h jeudi | 2026-11-26 09:00
    le dernier jour du mois | 2026-11-30 09:00
    rappelle-moi demain à 9h d'appeler Ada | 2026-11-25 09:00 | appeler Ada
    rappelle-moi d'appeler Ada vendredi | 2026-11-27 09:00 | appeler Ada
    rappelle-moi dans 10 minutes d'éteindre le four | 2026-11-24 10:25 | éteindre le four
    appeler Ada vendredi à 15h | 2026-11-27 15:00 | appeler Ada
    acheter du lait demain | 2026-11-25 09:00 | acheter du lait
    rendre le dossier avant le 31 juillet | 2027-07-31 09:00 | rendre le dossier
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    n'oublie pas d'acheter du lait demain | 2026-11-25 09:00 | n'oublie pas d'acheter du lait
    le 15 du mois | 2026-12-15 09:00
    lun. 9h | 2026-11-30 09:00
    lundi 30 novembre à 9h | 2026-11-30 09:00
    lundi 30 novembre 2026 | 2026-11-30 09:00
    le lundi 30 novembre | 2026-11-30 09:00
    rdv dentiste mardi 1er décembre 14h30 | 2026-12-01 14:30 | rdv dentiste
    rdv dentiste mardi 1er décembre à 14 h 30 | 2026-12-01 14:30 | rdv dentiste
    réunion à 14h | 2026-11-24 14:00 | réunion
    réunion demain de 14h à 15h30 | 2026-11-25 14:00 | réunion
    réunion de 14h à 15h30 demain | 2026-11-25 14:00 | réunion
    appeler Jean-Pierre demain matin à 9h | 2026-11-25 09:00 | appeler Jean-Pierre
    facture du 15 mars à payer vendredi | 2026-11-27 09:00 | facture du 15 mars à payer
    il y a un an | 2025-11-24 10:15
    fin de semaine | 2026-11-27 09:00
    fin d'année | 2026-12-31 09:00
    d'ici la fin du mois | 2026-11-30 09:00
    avant la fin de la semaine | 2026-11-27 09:00
    avant midi | 2026-11-24 12:00
    après 18h | 2026-11-24 18:00
    dès lundi | 2026-11-30 09:00
    à partir de lundi | 2026-11-30 09:00
    depuis lundi | 2026-11-30 09:00 | depuis
    lundi après-midi à 3h | 2026-11-30 15:00
    aujourd'hui à midi | 2026-11-24 12:00
    lundi midi | 2026-11-30 12:00
    lundi à midi | 2026-11-30 12:00
    samedi prochain à 20h | 2026-12-05 20:00
    la semaine prochaine mardi à 9h | 2026-12-01 09:00
    mardi la semaine prochaine à 9h | 2026-12-01 09:00
    mardi prochain à 9 heures | 2026-12-01 09:00
    mercredi 9h | 2026-11-25 09:00
    demain 9h | 2026-11-25 09:00
    demain 14 h | 2026-11-25 14:00
    le 5/12 | 2026-12-05 09:00
    le 5/12 à 8h | 2026-12-05 08:00
    le 5.12.2026 | 2026-12-05 09:00
    2 décembre, 15h | 2026-12-02 15:00
    Pâques | 2027-03-28 09:00
    lundi de Pâques | 2027-03-29 09:00
    le 24 décembre au soir | 2026-12-24 18:00
    veille de Noël | 2026-12-24 09:00
    dans 48h | 2026-11-26 10:15
    dans 48 heures | 2026-11-26 10:15
    dans 1h | 2026-11-24 11:15
    dans 1h30 | 2026-11-24 11:45
    dans trois quarts d'heure | 2026-11-24 11:00
    dans un an et demi | 2028-05-24 10:15
    dans six mois | 2027-05-24 10:15
    Je dois appeler le médecin demain matin à 9h | 2026-11-25 09:00 | Je dois appeler le médecin
    Réunion avec Paul et Marie jeudi 3 décembre à 14h30 | 2026-12-03 14:30 | Réunion avec Paul et Marie
    Le 24 décembre emballer les cadeaux | 2026-12-24 09:00 | emballer les cadeaux
    Train à 17h45 | 2026-11-24 17:45 | Train
    rdv jeu. 10h coiffeur | 2026-11-26 10:00 | rdv coiffeur
    dans 45 min sortir le gâteau | 2026-11-24 11:00 | sortir le gâteau
    avant la fin du mois | 2026-11-30 09:00
    d'ici deux semaines | 2026-12-08 10:15
    du 1er au 5 décembre | 2026-12-01 09:00
    le mercredi 2 | 2026-12-02 09:00
    mercredi 2 à 10h | 2026-12-02 10:00
    en décembre | 2026-12-01 09:00
    en mars 2027 | 2027-03-01 09:00
    pour vendredi | 2026-11-27 09:00
    pour demain 10h | 2026-11-25 10:00
    lundi matin 8h30 | 2026-11-30 08:30
    demain vers midi | 2026-11-25 12:00
    demain en fin de journée | 2026-11-25 17:00
"""
RULES = """
    tous les lundis | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    tous les lundis à 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    chaque lundi à 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    tous les lundis et jeudis à 9h | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    tous les jours à 7h | FREQ=DAILY | 11-25 07:00
    chaque jour à 7h | FREQ=DAILY | 11-25 07:00
    chaque matin | FREQ=DAILY | 11-25 08:00
    tous les soirs à 10h | FREQ=DAILY | 11-24 22:00
    le lundi à 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    les mardis à 18h | FREQ=WEEKLY;BYDAY=TU | 11-24 18:00
    un mardi sur deux | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 12-01 09:00
    une semaine sur deux | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    toutes les heures | ELAPSED:PT1H | 11-24 11:15
    toutes les demi-heures | ELAPSED:PT30M | 11-24 10:45
    toutes les deux semaines | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    toutes les deux semaines le vendredi à 10h | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    tous les trois jours | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    toutes les 30 minutes | ELAPSED:PT30M | 11-24 10:45
    chaque jour ouvré à 8h30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    en semaine à 8h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    tous les jours ouvrables à 8h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    quotidiennement à 8h | FREQ=DAILY | 11-25 08:00
    tous les jours à 8h et 20h | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    tous les mois | FREQ=MONTHLY | 12-24 09:00
    le 1er de chaque mois | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    le 1er et le 15 de chaque mois | FREQ=MONTHLY;BYMONTHDAY=1,15 | 12-01 09:00
    le premier lundi du mois à 10h | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    le premier lundi de chaque mois | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    le dernier vendredi du mois à 16h | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    tous les ans le 3 mai | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    chaque 3 mai | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    du lundi au vendredi à 9h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    une fois par semaine | FREQ=WEEKLY | 12-01 09:00
    tous les lundis jusqu'à fin mars | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    tous les lundis à partir du 1er décembre | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    tous les jours à 9h jusqu'au 5 décembre | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    tous les samedis et dimanches à 10h | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    chaque deuxième mardi du mois | FREQ=MONTHLY;BYDAY=2TU | 12-08 09:00
    Rappelle-moi chaque lundi à 9h que la réunion commence | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | la réunion commence
    sortir les poubelles tous les mardis à 20h | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | sortir les poubelles
    tous les trois mois | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00
    tous les quinze jours | FREQ=DAILY;INTERVAL=15 | 12-09 09:00
    un jour sur deux à 8h | FREQ=DAILY;INTERVAL=2 | 11-25 08:00
    toutes les 2 heures entre 8h et 20h | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    toutes les heures de 9h à 17h | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    deux fois par jour à 8h et 20h | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    chaque mois le 15 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    tous les 15 du mois | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    chaque semaine le mardi à 9h | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    tous les jours sauf le dimanche à 9h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    tous les lundis pendant 5 semaines | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    5 fois tous les lundis | FREQ=WEEKLY;BYDAY=MO;COUNT=5 | 11-30 09:00
    tous les premiers lundis du mois | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    chaque premier lundi du mois | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    le lundi et le mercredi à 18h | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    les lundis et mercredis à 18h | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    lundi, mercredi et vendredi à 7h | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    lun-ven à 9h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    tous les six mois | FREQ=MONTHLY;INTERVAL=6 | 05-24 09:00
    tous les ans | FREQ=YEARLY | 11-24 09:00
    chaque année le 3 mai | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    Payer le loyer tous les 1er du mois | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00 | Payer le loyer
    Arroser les plantes tous les deux jours à 19h | FREQ=DAILY;INTERVAL=2 | 11-24 19:00 | Arroser les plantes
    tous les vendredis soir | FREQ=WEEKLY;BYDAY=FR | 11-27 18:00
    tous les jours ouvrés à 9h et à 17h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17;BYMINUTE=0 | 11-24 17:00
    lundi, mardi et jeudi de 9h à 12h | FREQ=WEEKLY;BYDAY=MO,TU,TH | 11-26 09:00
    chaque lundi matin à 8h | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    un vendredi sur trois | FREQ=WEEKLY;INTERVAL=3;BYDAY=FR | 11-27 09:00
    tous les 3 jours à 8h | FREQ=DAILY;INTERVAL=3 | 11-25 08:00
    une fois par mois | FREQ=MONTHLY | 12-24 09:00
    toutes les semaines le lundi | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
"""
NO_TIMES = """
    deux fois par jour
    payer la facture
    mon vélo est en panne
    appeler mon ami Marc
    lire un livre sur les jours
    le premier essai
    on mange ensemble
    trois petits cochons
    second avis
    acheter deux kilos de pommes
    pas demain
    chaque lunid à 9h
    plus tard demain
    lundi ou mardi
    demain et après-demain
    vendredi à 9h ou 10h
    demain à 9h et vendredi à 10h
    le 31 février
    à 25h
    chaque hiver
    entre Noël et le jour de l'an
    l'été prochain
    bonjour tout le monde
    bon après-midi à tous
    la planète Mars
    les sept nains
    un avion en or
    on est là
    mon chat
    son sac
    une journée difficile
    le jour J
    un an de garantie
    trois mois de salaire
    la première fois
    dernière chance
    en panne
    en ville
    à la maison
    à 3 euros
    chapitre 5
    pages 12 à 15
    acheter 2 kg de farine
    version 3.2
    dans la cuisine
    il y a du pain
    pendant les vacances
    jusqu'au bout
    de A à Z
    entre nous
    avant tout
    après tout
    l'heure exacte
    les horaires
    chaque fois
    tous les enfants
    deux fois plus
    une fois pour toutes
    été
    ne pas oublier
"""
