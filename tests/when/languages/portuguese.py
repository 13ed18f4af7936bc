"""Portuguese: times, repetitions and texts without a time. Read on Tuesday 24 November 2026, 10:15 in Berlin."""

TIMES = """
    hoje às 18h | 2026-11-24 18:00
    amanhã às 9 | 2026-11-25 09:00
    amanhã às 9h30 | 2026-11-25 09:30
    amanhã de manhã | 2026-11-25 08:00
    amanhã de manhã às 6 | 2026-11-25 06:00
    amanhã à noite às 8 | 2026-11-25 20:00
    depois de amanhã às 14h | 2026-11-26 14:00
    esta noite | 2026-11-24 18:00
    hoje à noite às 8 | 2026-11-24 20:00
    hoje à tarde às 3 | 2026-11-24 15:00
    ontem | 2026-11-23 09:00
    anteontem às 10 | 2026-11-22 10:00
    às 15:30 | 2026-11-24 15:30
    às 15h30 | 2026-11-24 15:30
    às 3 | 2026-11-24 15:00
    às 3 horas | 2026-11-24 15:00
    às três e meia | 2026-11-24 15:30
    às três e quinze | 2026-11-24 15:15
    às nove menos um quarto | 2026-11-25 08:45
    dez para as nove | 2026-11-25 08:50
    à uma | 2026-11-24 13:00
    à uma e meia | 2026-11-24 13:30
    às 8 da noite | 2026-11-24 20:00
    às oito da manhã | 2026-11-25 08:00
    às 3 da madrugada | 2026-11-25 03:00
    ao meio-dia | 2026-11-24 12:00
    ao meio-dia e meia | 2026-11-24 12:30
    à meia-noite | 2026-11-25 00:00
    por volta das 5 | 2026-11-24 17:00
    sexta-feira | 2026-11-27 09:00
    na sexta | 2026-11-27 09:00
    sexta às 14h | 2026-11-27 14:00
    sexta à noite | 2026-11-27 18:00
    na próxima segunda-feira | 2026-11-30 09:00
    segunda que vem | 2026-11-30 09:00
    segunda-feira passada | 2026-11-23 09:00
    esta sexta | 2026-11-27 09:00
    terça da próxima semana | 2026-12-01 09:00
    na próxima semana | 2026-11-30 09:00
    semana que vem | 2026-11-30 09:00
    mês que vem | 2026-12-01 09:00
    no próximo ano | 2027-01-01 09:00
    semana passada | 2026-11-16 09:00
    no dia 15 de março | 2027-03-15 09:00
    15 de março às 14h | 2027-03-15 14:00
    15/03/2027 às 14:00 | 2027-03-15 14:00
    15 de dezembro de 2026 | 2026-12-15 09:00
    primeiro de dezembro | 2026-12-01 09:00
    1º de dezembro | 2026-12-01 09:00
    dia 5 às 10h | 2026-12-05 10:00
    na primeira segunda-feira de fevereiro | 2027-02-01 09:00
    daqui a uma hora | 2026-11-24 11:15
    em 2 horas | 2026-11-24 12:15
    daqui a uma hora e meia | 2026-11-24 11:45
    em meia hora | 2026-11-24 10:45
    daqui a 20 minutos | 2026-11-24 10:35
    daqui a três dias às 9h | 2026-11-27 09:00
    daqui a dois dias | 2026-11-26 10:15
    em duas semanas | 2026-12-08 10:15
    em um mês | 2026-12-24 10:15
    em 2 horas e 15 minutos | 2026-11-24 12:30
    há 3 dias | 2026-11-21 10:15
    3 dias atrás | 2026-11-21 10:15
    dois dias antes do Natal | 2026-12-23 09:00
    até sexta | 2026-11-27 09:00
    antes de sexta | 2026-11-27 09:00
    no fim do mês | 2026-11-30 09:00
    no final de março | 2027-03-31 09:00
    no início de abril | 2027-04-01 09:00
    meados de maio | 2027-05-15 09:00
    este fim de semana | 2026-11-28 09:00
    quinta das 9 às 11 | 2026-11-26 09:00
    entre as 9 e as 11 | 2026-11-25 09:00
    no último dia do mês | 2026-11-30 09:00
    lembra-me amanhã às 9h de ligar para a Ada | 2026-11-25 09:00 | ligar para a Ada
    lembre-me de ligar para a Ada na sexta | 2026-11-27 09:00 | ligar para a Ada
    me lembre em 10 minutos de desligar o forno | 2026-11-24 10:25 | desligar o forno
    ligar para a Ada na sexta às 15h | 2026-11-27 15:00 | ligar para a Ada
    comprar leite amanhã | 2026-11-25 09:00 | comprar leite
    entregar o relatório até 31 de julho | 2027-07-31 09:00 | entregar o relatório
    tomorrow at 9 | 2026-11-25 09:00
    call Ada on friday | 2026-11-27 09:00 | call Ada
    não esquecer de comprar leite amanhã | 2026-11-25 09:00 | não esquecer de comprar leite
    dia 15 do mês | 2026-12-15 09:00
    segunda, 30 de novembro às 9 | 2026-11-30 09:00
    dentista terça 1 de dezembro 14:30 | 2026-12-01 14:30 | dentista
    reunião amanhã das 14 às 15:30 | 2026-11-25 14:00 | reunião
    reunião das 14h às 15h30 amanhã | 2026-11-25 14:00 | reunião
    ligar para o João amanhã de manhã às 9 | 2026-11-25 09:00 | ligar para o João
    fatura de 15 de março para pagar na sexta | 2026-11-27 09:00 | fatura de 15 de março para pagar
    há um ano | 2025-11-24 10:15
    antes das 12 | 2026-11-24 12:00
    depois das 18 | 2026-11-24 18:00
    desde segunda | 2026-11-30 09:00
    a partir de segunda | 2026-11-30 09:00
    hoje ao meio-dia | 2026-11-24 12:00
    próximo sábado às 20h | 2026-12-05 20:00
    semana que vem na terça às 9 | 2026-12-01 09:00
    quarta 9h | 2026-11-25 09:00
    amanhã 14h | 2026-11-25 14:00
    5/12 | 2026-12-05 09:00
    dia 5/12 às 8h | 2026-12-05 08:00
    2 de dezembro, 15h | 2026-12-02 15:00
    Páscoa | 2027-03-28 09:00
    véspera de Natal | 2026-12-24 09:00
    no dia de Natal | 2026-12-25 09:00
    em 48 horas | 2026-11-26 10:15
    daqui a 1h30 | 2026-11-24 11:45
    daqui a um ano e meio | 2028-05-24 10:15
    em seis meses | 2027-05-24 10:15
    às 5 da tarde | 2026-11-24 17:00
    às 12 da noite | 2026-11-25 00:00
    às cinco e vinte | 2026-11-24 17:20
    vinte para as cinco | 2026-11-24 16:40
    amanhã cedo | 2026-11-25 08:00
    esta manhã às 11 | 2026-11-24 11:00
    ontem à tarde | 2026-11-23 15:00
    sábado de manhã às 10 | 2026-11-28 10:00
    na última segunda de janeiro | 2027-01-25 09:00
    em 3 dias úteis | 2026-11-27 10:15
    em janeiro | 2027-01-01 09:00
    Tenho que ligar para o médico amanhã de manhã às 9 | 2026-11-25 09:00 | Tenho que ligar para o médico
    Reunião com Paulo e Maria na quinta 3 de dezembro às 14:30 | 2026-12-03 14:30 | Reunião com Paulo e Maria
    No dia 24 de dezembro embrulhar os presentes | 2026-12-24 09:00 | embrulhar os presentes
    Comboio às 17:45 | 2026-11-24 17:45 | Comboio
    qui. 10:00 cabeleireiro | 2026-11-26 10:00 | cabeleireiro
    em 45 min tirar o bolo | 2026-11-24 11:00 | tirar o bolo
    até o fim do mês | 2026-11-30 09:00
    de 1 a 5 de dezembro | 2026-12-01 09:00
    quarta, dia 2 | 2026-12-02 09:00
    quarta dia 2 às 10h | 2026-12-02 10:00
    em dezembro | 2026-12-01 09:00
    em março de 2027 | 2027-03-01 09:00
    para sexta | 2026-11-27 09:00
    segunda de manhã 8:30 | 2026-11-30 08:30
    amanhã ao meio-dia | 2026-11-25 12:00
    às 9 em ponto | 2026-11-25 09:00
    na segunda-feira às 10h | 2026-11-30 10:00
"""
RULES = """
    toda segunda-feira | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    toda segunda-feira às 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    todas as segundas às 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    às segundas às 9h | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
    toda segunda e quinta às 9h | FREQ=WEEKLY;BYDAY=MO,TH | 11-26 09:00
    todos os dias às 7h | FREQ=DAILY | 11-25 07:00
    todo dia às 7h | FREQ=DAILY | 11-25 07:00
    toda manhã | FREQ=DAILY | 11-25 08:00
    todas as noites às 10 | FREQ=DAILY | 11-24 22:00
    a cada duas semanas | FREQ=WEEKLY;INTERVAL=2 | 12-08 09:00
    a cada hora | ELAPSED:PT1H | 11-24 11:15
    a cada meia hora | ELAPSED:PT30M | 11-24 10:45
    a cada duas semanas na sexta às 10h | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | 11-27 10:00
    a cada três dias | FREQ=DAILY;INTERVAL=3 | 11-27 09:00
    a cada 30 minutos | ELAPSED:PT30M | 11-24 10:45
    todo dia útil às 8h30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:30
    nos dias úteis às 8h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 08:00
    diariamente às 8h | FREQ=DAILY | 11-25 08:00
    todos os dias às 8h e às 20h | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    todo mês | FREQ=MONTHLY | 12-24 09:00
    no dia 1 de cada mês | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00
    todo dia 15 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    na primeira segunda-feira do mês às 10h | FREQ=MONTHLY;BYDAY=1MO | 12-07 10:00
    na primeira segunda de cada mês | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    na última sexta do mês às 16h | FREQ=MONTHLY;BYDAY=-1FR | 11-27 16:00
    de segunda a sexta às 9h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    uma vez por semana | FREQ=WEEKLY | 12-01 09:00
    toda segunda até o fim de março | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T235959 | 11-30 09:00
    toda segunda a partir de 1 de dezembro | FREQ=WEEKLY;BYDAY=MO | 12-07 09:00
    todos os dias às 9h até 5 de dezembro | FREQ=DAILY;UNTIL=20261205T235959 | 11-25 09:00
    todo sábado e domingo às 10h | FREQ=WEEKLY;BYDAY=SA,SU | 11-28 10:00
    Lembra-me toda segunda às 9h da reunião | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00 | reunião
    levar o lixo toda terça às 20h | FREQ=WEEKLY;BYDAY=TU | 11-24 20:00 | levar o lixo
    a cada três meses | FREQ=MONTHLY;INTERVAL=3 | 02-24 09:00
    a cada quinze dias | FREQ=DAILY;INTERVAL=15 | 12-09 09:00
    segunda sim, segunda não | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO | 11-30 09:00
    a cada 2 horas entre as 8 e as 20 | FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0 | 11-24 12:00
    a cada hora das 9 às 17 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0 | 11-24 11:00
    duas vezes por dia às 8 e às 20 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | 11-24 20:00
    todo mês no dia 15 | FREQ=MONTHLY;BYMONTHDAY=15 | 12-15 09:00
    toda semana na terça às 9 | FREQ=WEEKLY;BYDAY=TU | 12-01 09:00
    todos os dias exceto domingo às 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA | 11-25 09:00
    toda segunda por 5 semanas | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261229T235959 | 11-30 09:00
    5 vezes toda segunda | FREQ=WEEKLY;BYDAY=MO;COUNT=5 | 11-30 09:00
    toda primeira segunda do mês | FREQ=MONTHLY;BYDAY=1MO | 12-07 09:00
    segundas e quartas às 18 | FREQ=WEEKLY;BYDAY=MO,WE | 11-25 18:00
    segunda, quarta e sexta às 7 | FREQ=WEEKLY;BYDAY=MO,WE,FR | 11-25 07:00
    seg-sex às 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    seg a sex às 9h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 11-25 09:00
    a cada seis meses | FREQ=MONTHLY;INTERVAL=6 | 05-24 09:00
    todo ano no dia 3 de maio | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3 | 05-03 09:00
    na segunda terça de cada mês às 10 | FREQ=MONTHLY;BYDAY=2TU | 12-08 10:00
    de segunda a quinta das 9 às 18 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH | 11-25 09:00
    Pagar o aluguel todo dia 1 | FREQ=MONTHLY;BYMONTHDAY=1 | 12-01 09:00 | Pagar o aluguel
    Regar as plantas a cada dois dias às 19h | FREQ=DAILY;INTERVAL=2 | 11-24 19:00 | Regar as plantas
    toda sexta à noite | FREQ=WEEKLY;BYDAY=FR | 11-27 18:00
    de segunda a sexta às 9h e às 17h | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17;BYMINUTE=0 | 11-24 17:00
    terça e quinta das 9 às 12 | FREQ=WEEKLY;BYDAY=TU,TH | 11-26 09:00
    toda segunda de manhã às 8 | FREQ=WEEKLY;BYDAY=MO | 11-30 08:00
    a cada 3 dias às 8h | FREQ=DAILY;INTERVAL=3 | 11-25 08:00
    uma vez por mês | FREQ=MONTHLY | 12-24 09:00
    toda semana na segunda | FREQ=WEEKLY;BYDAY=MO | 11-30 09:00
"""
NO_TIMES = """
    duas vezes por dia
    pagar a fatura
    a segunda vez
    os três porquinhos
    ter um dia bom
    nadar no mar
    comprar dois quilos de maçãs
    não amanhã
    cada segnuda às 9
    mais tarde na sexta
    segunda ou terça
    sexta às 9 ou às 10
    amanhã às 9 e sexta às 10
    31 de fevereiro
    às 25
    chamar as 3 amigas
    os 8 livros
    entre o Natal e o Ano Novo
    no próximo verão
    daqui a pouco
    bom dia a todos
    boa noite mãe
    chegar tarde
    já paguei
    segunda mão
    sexta edição
    terceira via
    a primeira vez
    última chance
    um ano de garantia
    três meses de salário
    em casa
    no Brasil
    na cozinha
    às vezes
    às meninas
    até logo
    até já
    para sempre
    cada vez mais
    todas as crianças
    todo mundo
    capítulo 5
    páginas 12 a 15
    2 kg de farinha
    versão 3.2
    o dia D
    de A a Z
    antes de tudo
    depois de tudo
    ter sorte
    meio quilo
    qui sait
"""
