"""Months, days of the week and ages in the words of each language."""

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "tr": "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
# one, many, short form for minute, hour, day, month; then the phrase around them
AGO: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "en": (
        "{} ago",
        [("minute", "minutes", "m"), ("hour", "hours", "h"), ("day", "days", "d"), ("month", "months", "mo")],
    ),
    "de": (
        "vor {}",
        [
            ("Minute", "Minuten", " Min."),
            ("Stunde", "Stunden", " Std."),
            ("Tag", "Tagen", " T."),
            ("Monat", "Monaten", " Mon."),
        ],
    ),
    "fr": (
        "il y a {}",
        [
            ("minute", "minutes", " min"),
            ("heure", "heures", " h"),
            ("jour", "jours", " j"),
            ("mois", "mois", " mois"),
        ],
    ),
    "es": (
        "hace {}",
        [
            ("minuto", "minutos", " min"),
            ("hora", "horas", " h"),
            ("día", "días", " d"),
            ("mes", "meses", " meses"),
        ],
    ),
    "pt": (
        "há {}",
        [
            ("minuto", "minutos", " min"),
            ("hora", "horas", " h"),
            ("dia", "dias", " d"),
            ("mês", "meses", " m"),
        ],
    ),
    "it": (
        "{} fa",
        [
            ("minuto", "minuti", " min"),
            ("ora", "ore", " h"),
            ("giorno", "giorni", " g"),
            ("mese", "mesi", " mesi"),
        ],
    ),
    "nl": (
        "{} geleden",
        [
            ("minuut", "minuten", " min."),
            ("uur", "uur", " u."),
            ("dag", "dagen", " d."),
            ("maand", "maanden", " mnd."),
        ],
    ),
    "ru": (
        "{} назад",
        [
            ("минуту", "минут", " мин."),
            ("час", "часов", " ч."),
            ("день", "дней", " дн."),
            ("месяц", "месяцев", " мес."),
        ],
    ),
    "ar": (
        "منذ {}",
        [("دقيقة", "دقائق", " د"), ("ساعة", "ساعات", " س"), ("يوم", "أيام", " ي"), ("شهر", "أشهر", " ش")],
    ),
    "pl": (
        "{} temu",
        [
            ("minutę", "minut", " min"),
            ("godzinę", "godzin", " godz."),
            ("dzień", "dni", " dni"),
            ("miesiąc", "mies.", " mies."),
        ],
    ),
    "sv": (
        "{} sedan",
        [
            ("minut", "minuter", " min"),
            ("timme", "timmar", " tim"),
            ("dag", "dagar", " d"),
            ("månad", "månader", " mån"),
        ],
    ),
    "tr": (
        "{} önce",
        [
            ("dakika", "dakika", " dk."),
            ("saat", "saat", " sa."),
            ("gün", "gün", " g."),
            ("ay", "ay", " ay"),
        ],
    ),
    "zh": (
        "{}前",
        [("分钟", "分钟", "分钟"), ("小时", "小时", "小时"), ("天", "天", "天"), ("个月", "个月", "个月")],
    ),
    "ko": (
        "{} 전",
        [("분", "분", "분"), ("시간", "시간", "시간"), ("일", "일", "일"), ("개월", "개월", "개월")],
    ),
    "ja": (
        "{}前",
        [("分", "分", "分"), ("時間", "時間", "時間"), ("日", "日", "日"), ("か月", "か月", "か月")],
    ),
}
# today, yesterday, just now
NEAR = {
    "en": ("Today", "Yesterday", "just now"),
    "de": ("Heute", "Gestern", "gerade eben"),
    "fr": ("Aujourd’hui", "Hier", "à l’instant"),
    "es": ("Hoy", "Ayer", "ahora mismo"),
    "pt": ("Hoje", "Ontem", "agora mesmo"),
    "it": ("Oggi", "Ieri", "adesso"),
    "nl": ("Vandaag", "Gisteren", "zojuist"),
    "ru": ("Сегодня", "Вчера", "только что"),
    "pl": ("Dzisiaj", "Wczoraj", "przed chwilą"),
    "sv": ("I dag", "I går", "just nu"),
    "tr": ("Bugün", "Dün", "az önce"),
    "zh": ("今天", "昨天", "刚刚"),
    "ko": ("오늘", "어제", "방금"),
    "ja": ("今日", "昨日", "たった今"),
    "ar": ("اليوم", "أمس", "الآن"),
}
