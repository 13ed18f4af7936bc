"""Spanish: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    hoy a las 18 | 2026-11-24 18:00
    mañana a las 9 | 2026-11-25 09:00
    mañana a las 9:30 | 2026-11-25 09:30
    mañana por la mañana | 2026-11-25 08:00
    mañana por la mañana a las 6 | 2026-11-25 06:00
    mañana por la noche a las 8 | 2026-11-25 20:00
    pasado mañana a las 14 | 2026-11-26 14:00
    esta noche | 2026-11-24 18:00
    esta noche a las 8 | 2026-11-24 20:00
    esta tarde a las 3 | 2026-11-24 15:00
    ayer | 2026-11-23 09:00
    anteayer a las 10 | 2026-11-22 10:00
    a las 15:30 | 2026-11-24 15:30
    a las 3 | 2026-11-24 15:00
    a las tres y media | 2026-11-24 15:30
    a las tres y cuarto | 2026-11-24 15:15
    a las nueve menos cuarto | 2026-11-25 08:45
    a las nueve menos diez | 2026-11-25 08:50
    a la una | 2026-11-24 13:00
    a la una y media | 2026-11-24 13:30
    a las 8 de la noche | 2026-11-24 20:00
    a las ocho de la mañana | 2026-11-25 08:00
    a las 3 de la madrugada | 2026-11-25 03:00
    al mediodía | 2026-11-24 12:00
    a medianoche | 2026-11-25 00:00
    sobre las 5 | 2026-11-24 17:00
    el viernes | 2026-11-27 09:00
    el viernes a las 14 | 2026-11-27 14:00
    el viernes por la noche | 2026-11-27 18:00
    el próximo lunes | 2026-11-30 09:00
    lunes próximo | 2026-11-30 09:00
    el lunes que viene | 2026-11-30 09:00
    el lunes pasado | 2026-11-23 09:00
    este viernes | 2026-11-27 09:00
    el martes de la próxima semana | 2026-12-01 09:00
    la semana que viene | 2026-11-30 09:00
    la próxima semana | 2026-11-30 09:00
    el mes que viene | 2026-12-01 09:00
    el próximo año | 2027-01-01 09:00
    la semana pasada | 2026-11-16 09:00
    el 15 de marzo | 2027-03-15 09:00
    el 15 de marzo a las 14 | 2027-03-15 14:00
    el 15/03/2027 a las 14:00 | 2027-03-15 14:00
    15 de diciembre de 2026 | 2026-12-15 09:00
    el primero de diciembre | 2026-12-01 09:00
    el día 5 a las 10 | 2026-12-05 10:00
    el primer lunes de febrero | 2027-02-01 09:00
    dentro de una hora | 2026-11-24 11:15
    en 2 horas | 2026-11-24 12:15
    en una hora y media | 2026-11-24 11:45
    en media hora | 2026-11-24 10:45
    en un cuarto de hora | 2026-11-24 10:30
    en 20 minutos | 2026-11-24 10:35
    en tres días a las 9 | 2026-11-27 09:00
    dentro de dos semanas | 2026-12-08 10:15
    dentro de un mes | 2026-12-24 10:15
    en 2 horas y 15 minutos | 2026-11-24 12:30
    hace 3 días | 2026-11-21 10:15
    dos días antes de Navidad | 2026-12-23 09:00
    antes del viernes | 2026-11-27 09:00
    fin de mes | 2026-11-30 09:00
    a finales de marzo | 2027-03-31 09:00
    a principios de abril | 2027-04-01 09:00
    a mediados de mayo | 2027-05-15 09:00
    este fin de semana | 2026-11-28 09:00
    el jueves de 9 a 11 | 2026-11-26 09:00
    entre las 9 y las 11 | 2026-11-25 09:00
    de 9 a 11 el jueves | 2026-11-26 09:00
    el último día del mes | 2026-11-30 09:00
    recuérdame mañana a las 9 que llame a Ada | 2026-11-25 09:00 | llame a Ada
    recuérdame llamar a Ada el viernes | 2026-11-27 09:00 | llamar a Ada
    recuérdame en 10 minutos apagar el horno | 2026-11-24 10:25 | apagar el horno
    llamar a Ada el viernes a las 15 | 2026-11-27 15:00 | llamar a Ada
    comprar leche mañana | 2026-11-25 09:00 | comprar leche
    entregar el informe antes del 31 de julio | 2027-07-31 09:00 | entregar el informe
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    no olvides comprar leche mañana | 2026-11-25 09:00 | no olvides comprar leche
    el 15 del mes | 2026-12-15 09:00
    lunes 30 de noviembre a las 9 | 2026-11-30 09:00
    dentista el martes 1 de diciembre 14:30 | 2026-12-01 14:30 | dentista
    reunión mañana de 14 a 15:30 | 2026-11-25 14:00 | reunión
    reunión de 14:00 a 15:30 mañana | 2026-11-25 14:00 | reunión
    llamar a Juan mañana por la mañana a las 9 | 2026-11-25 09:00 | llamar a Juan
    factura del 15 de marzo pagar el viernes | 2026-11-27 09:00 | factura del 15 de marzo pagar
    hace un año | 2025-11-24 10:15
    antes del fin de semana | 2026-11-27 09:00
    antes de las 12 | 2026-11-24 12:00
    después de las 18 | 2026-11-24 18:00
    desde el lunes | 2026-11-30 09:00
    a partir del lunes | 2026-11-30 09:00
    hoy a mediodía | 2026-11-24 12:00
    el lunes a mediodía | 2026-11-30 12:00
    el próximo sábado a las 20 | 2026-12-05 20:00
    la semana que viene el martes a las 9 | 2026-12-01 09:00
    miércoles 9:00 | 2026-11-25 09:00
    mañana 14 h | 2026-11-25 14:00
    el 5/12 | 2026-12-05 09:00
    el 5/12 a las 8 | 2026-12-05 08:00
    2 de diciembre, 15:00 | 2026-12-02 15:00
    Domingo de Pascua | 2027-03-28 09:00
    víspera de Navidad | 2026-12-24 09:00
    en 48 horas | 2026-11-26 10:15
    en 48h | 2026-11-26 10:15
    dentro de 1h30 | 2026-11-24 11:45
    dentro de un año y medio | 2028-05-24 10:15
    en seis meses | 2027-05-24 10:15
    a las 5 de la tarde | 2026-11-24 17:00
    a las 12 de la noche | 2026-11-25 00:00
    a las 12 del mediodía | 2026-11-24 12:00
    a las cinco y veinte | 2026-11-24 17:20
    a las cinco menos veinte | 2026-11-24 16:40
    a las veinte treinta | 2026-11-24 20:30
    mañana a primera hora | 2026-11-25 08:00
    mañana temprano | 2026-11-25 08:00
    esta mañana a las 11 | 2026-11-24 11:00
    ayer por la tarde | 2026-11-23 15:00
    el sábado por la mañana a las 10 | 2026-11-28 10:00
    a fines de mes | 2026-11-30 09:00
    el último lunes de enero | 2027-01-25 09:00
    en 3 días laborables | 2026-11-27 10:15
    dentro de 5 días hábiles | 2026-12-01 10:15
    el día de Navidad | 2026-12-25 09:00
    en Navidad | 2026-12-25 09:00
    en enero | 2027-01-01 09:00
    Tengo que llamar al médico mañana por la mañana a las 9 | 2026-11-25 09:00 | Tengo que llamar al médico
    Reunión con Pablo y María el jueves 3 de diciembre a las 14:30 | 2026-12-03 14:30 | Reunión con Pablo y María
    El 24 de diciembre envolver los regalos | 2026-12-24 09:00 | envolver los regalos
    Tren a las 17:45 | 2026-11-24 17:45 | Tren
    cita jue. 10:00 peluquería | 2026-11-26 10:00 | cita peluquería
    en 45 min sacar el pastel | 2026-11-24 11:00 | sacar el pastel
    antes de fin de mes | 2026-11-30 09:00
    del 1 al 5 de diciembre | 2026-12-01 09:00
    el miércoles 2 | 2026-12-02 09:00
    miércoles 2 a las 10 | 2026-12-02 10:00
    en diciembre | 2026-12-01 09:00
    en marzo de 2027 | 2027-03-01 09:00
    para el viernes | 2026-11-27 09:00
    lunes por la mañana 8:30 | 2026-11-30 08:30
    mañana al mediodía | 2026-11-25 12:00
    el lunes a primera hora | 2026-11-30 08:00
    el 1 de enero de 2027 a las 00:00 | 2027-01-01 00:00
"""
RULES = """
    todos los lunes | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    cada lunes a las 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    los lunes a las 9 | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    todos los lunes y jueves a las 9 | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    todos los días a las 7 | FREQ=DAILY | 11-25 07:00
    cada día a las 7 | FREQ=DAILY | 11-25 07:00
    cada mañana | FREQ=DAILY | 11-25 08:00
    todas las noches a las 10 | FREQ=DAILY | 11-24 22:00
    los martes a las 18 | FREQ=WEEKLY;BYDAY=TU | 11-24 18:00
    cada dos martes | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU | 12-01 09:00
    cada dos semanas | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    cada hora | ELAPSED:PT1H | 11-24 11:15
    cada media hora | ELAPSED:PT30M | 11-24 10:45
    cada 2 semanas los viernes a las 10 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    cada tres días | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    cada 30 minutos | ELAPSED:PT30M | 11-24 10:45
    cada día laborable a las 8:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    entre semana a las 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    todos los días laborables a las 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    diariamente a las 8 | FREQ=DAILY | 11-25 08:00
    todos los días a las 8 y a las 20 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    cada mes | FREQ=MONTHLY | 12-24 09:00
    el 1 de cada mes | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    el día 15 de cada mes | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    el primer lunes del mes a las 10 | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    el primer lunes de cada mes | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    el último viernes del mes a las 16 | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    cada 3 de mayo | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    de lunes a viernes a las 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    una vez por semana | FREQ=WEEKLY | 12-01 09:00
    todos los lunes hasta finales de marzo | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    todos los lunes a partir del 1 de diciembre | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    todos los días a las 9 hasta el 5 de diciembre | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    todos los sábados y domingos a las 10 | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    cada segundo martes del mes | FREQ=MONTHLY;BYDAY=2TU | 12-08 09:00
    Recuérdame cada lunes a las 9 la reunión | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | la reunión
    sacar la basura todos los martes a las 20 | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | sacar la basura
    cada tres meses | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00
    cada quince días | FREQ=DAILY;INTERVAL=15 | 12-09 09:00
    un lunes sí y otro no | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO | 11-30 09:00
    cada 2 horas entre las 8 y las 20 | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    cada hora de 9 a 17 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    dos veces al día a las 8 y a las 20 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    cada mes el día 15 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    cada semana el martes a las 9 | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    todos los días excepto el domingo a las 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    todos los lunes durante 5 semanas | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    5 veces todos los lunes | FREQ=WEEKLY;BYDAY=MO;COUNT=5 | 11-30 09:00
    todos los primeros lunes del mes | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    los lunes y los miércoles a las 18 | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    lunes, miércoles y viernes a las 7 | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    lun-vie a las 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    cada seis meses | FREQ=MONTHLY;INTERVAL=6 | 05-24 09:00
    cada año el 3 de mayo | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    el segundo martes de cada mes a las 10 | FREQ=MONTHLY;BYDAY=2TU | 12-08 10:00
    cada segundo lunes | FREQ=MONTHLY;BYDAY=2MO | 12-14 09:00
    de lunes a jueves de 9 a 18 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH | 11-25 09:00
    Pagar el alquiler el día 1 de cada mes | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00 | Pagar el alquiler
    Regar las plantas cada dos días a las 19 | FREQ=DAILY;INTERVAL=2 | 11-24 19:00 | Regar las plantas
    todos los viernes por la tarde | FREQ=WEEKLY;BYDAY=FR | 11-27 15:00
    de lunes a viernes a las 9 y a las 17 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17;BYMINUTE=0 | 11-24 17:00
    los martes y jueves de 9 a 12 | FREQ=WEEKLY;BYDAY=TU,TH | 11-26 09:00
    cada lunes por la mañana a las 8 | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    cada 3 días a las 8 | FREQ=DAILY;INTERVAL=3 | 11-25 08:00
    una vez al mes | FREQ=MONTHLY | 12-24 09:00
    todas las semanas el lunes | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
"""
NO_TIMES = """
    dos veces al día
    pagar la factura
    una vez más
    el primer intento
    los tres cerditos
    mirar el mar y el sol
    el segundo piso
    comprar dos kilos de manzanas
    no mañana
    cada luens a las 9
    más tarde el viernes
    lunes o martes
    el viernes a las 9 o a las 10
    mañana a las 9 y el viernes a las 10
    el 31 de febrero
    a las 25
    entre Navidad y Año Nuevo
    el próximo verano
    dentro de un rato
    buenos días a todos
    buenas noches mamá
    llegar tarde
    es demasiado tarde
    el once titular
    once jugadores
    dos mil euros
    la primera vez
    último intento
    el segundo plato
    en casa
    en Madrid
    a la playa
    a las chicas
    entre nosotros
    desde luego
    hasta luego
    hasta pronto
    para siempre
    cada vez más
    todos los niños
    capítulo 5
    páginas 12 a 15
    2 kg de harina
    versión 3.2
    un año de garantía
    tres meses de sueldo
    la hora exacta
    el día D
    de A a Z
    antes de nada
    después de todo
    el sol y la luna
    próximo capítulo
    pasado simple
    son las mejores
"""
