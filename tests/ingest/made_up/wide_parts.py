"""The parts from which wide layouts are put together: each list is one dimension on which pages vary."""

TIMES = (
    *("long", "date", "weekday", "weekday_short", "us", "us_dashes", "iso", "slashes", "slashes_y", "dots"),
    *("dots_short", "day_month", "rfc", "ordinal", "apostrophe", "board", "board_ja", "utc", "month_day"),
    *("iso_full", "iso_seconds", "iso_offset", "iso_date", "date_slashes", "date_us", "date_dots", "dots_y"),
    *("dashes", "dash_month", "short_month", "short_month_year", "clock_first", "clock_first_dash"),
    *("clock_12_first", "month_year", "month_clock", "weekday_clock", "weekday_board", "uhr", "kl"),
    *("year_ja", "day_only", "slash_short", "compact", "near", "near_plain", "clock", "clock12"),
)
AGES = ("ago", "ago", "ago_short", "age", "weeks")
CLOCKS = ("clock", "clock", "clock_seconds", "clock12", "iso_seconds", "slashes", "us", "iso")
JOINS = (
    *(" • ", " · ", " | ", ", ", " - ", "  ", " – ", "\t", " / ", " ⋅ ", " — ", " ", "   ", " :: ", "; "),
    *(" » ", " > ", " ~ ", " \u00b7\u00a0", "\t\t", " ● ", " ∙ ", "|", " || "),
)
# how a name stands; M stands for the name
NAMES = (
    *("M",) * 14,
    *("M:", "**M**", "[M]", "<M>", "“M”", "@M", "• M", "# M", "### M", "► M", "👤 M", "(M)", "~M", "u/M"),
    *("{@by_name}", "{@from_name}", "{@user_name}", "{@author_key}: M", "{@posted_by}", "_M_", "*M*", "M »"),
    *("M ({handle})", "M @{handle}", "M [{tag}]", "M (ID:{tag})", "{flag} M", "M {flag}", "- M", "* M"),
    *("M ›", "== M ==", "~ M ~", "{initial} M", "[-] M", "▲ M", "M ✓", "★ M"),
    *("{@says}", "M, {age}", "M (@{handle})", "|M|", "「M」", "» M", "M …", "M -", "» M «", "⋮ M"),
)
# lines that only a picture leaves behind, over the name
PICTURES = (
    "{@avatar}",
    "{@avatar}",
    "{author}",
    "{author}",
    "{initial}",
    "{initials}",
    "{flag}",
    "{author} ",
)
# what a page tells of its members; some only of some people, or on some posts
ABOUT = (
    *("{rank}", "{rank}", "{@joined}", "{@posts}", "{@location}", "{badge}", "{flair}", "{@karma}"),
    *("{@followers}", "{@reviews}", "{@topics}", "{pronouns}", "@{handle}", "ID: {tag}", "{code}"),
    *(
        "{member1}{rank}",
        "{member2}{@topics}",
        "{badge}",
        "{member1}{@op}",
        "{flair}",
        "{member2}{@verified}",
    ),
    *("{maybe5}{@pinned}", "{member1}{@follow}", "{@follow}", "{member3}{@joined}", "{location}"),
)
PAIRS = (("{@joined_key}", "{since}"), ("{@posts_key}", "{posted}"), ("{@followers}", "{@reviews}"))
VOTES = (
    *("{votes}", "👍 {votes}", "{@like} ({votes})", "▲ {votes} ▼", "+{votes}", "{@points}", "{@likes}"),
    *("👍 {votes} 👎 {votes_down}", "+{votes} -{votes_down}", "{votes} | {votes_down}", "({votes})"),
    *("♥ {votes}", "⬆ {votes}", "{@helpful}", "{@like} {votes} {@dislike} {votes_down}", "[{votes}]"),
    *("{votes} ❤", "{stars}", "{stars} ({votes})", "↑ {votes} ↓", "{votes} ▲", "{@like}: {votes}"),
)
VOTE_LINES = (("▲", "{votes}", "▼"), ("{votes}", "{votes_down}"), ("{@like}", "{votes}"), ("0", "{votes}"))
NUMBERS = (
    *("#{number}", "#{number}", "{number}", "{number}.", "No.{post_id}", "#{post_id}", "{@comment_no}"),
    *("{@number_of}", "{number}/{n}", "[{number}]", "({number})", "{path}", "№{number}", "Post {number}"),
)
# who is answered, on the line of the name
ANSWERED = (
    *(
        " → {addressee}",
        " ▸ {addressee}",
        " > {addressee}",
        " @{addressee}",
        " ↪ {addressee}",
        " » {addressee}",
    ),
    *(
        " ➜ {addressee}",
        " -> {addressee}",
        " ({@in_reply})",
        " · {@in_reply}",
        ", {@in_reply}",
        " ► {addressee}",
    ),
    *(" ⇒ {addressee}", " {@in_reply_number}", " ({@in_reply_number})", " / {addressee}", " ← {addressee}"),
)
ANSWERED_LINES = (
    *("{@in_reply}", "{@in_reply}", "@{addressee}", "↪ {addressee}", "{@in_reply_number}", "> {addressee}"),
    *("({@in_reply})", "{@in_reply}:", "↳ {addressee}", "Re: {addressee}", "[{@in_reply}]", "→ {addressee}"),
    *("{@in_reply_number}", "{@to_key}: {addressee}", "« {addressee}", "↩ {@in_reply}", "{@in_reply} ▲"),
)
INLINE = (
    "[[@{addressee} ]]",
    "[[{addressee} ]]",
    "[[@{addressee}: ]]",
    "[[>>{answered_number} ]]",
    "[[→{addressee} ]]",
)
TITLES = ("Re: {title}", "{title}", "{headline}", "{@subject_key}: Re: {title}", "RE: {title}", "{headline}")
BUTTONS = (
    *("{@reply}", "{@reply}", "{@like}", "{@share}", "{@report}", "{@quote}", "{@link}", "{@recommend}"),
    *(
        "{@follow}",
        "{@dislike}",
        "{@save}",
        "{@copy}",
        "{@translate}",
        "{@top_link}",
        "{@thanks}",
        "⋯",
        "...",
    ),
    *("{@more}", "❤", "↩", "🔗", "{@views}", "{@load}"),
)
UNDER = (
    *("{@view}", "{@replies}", "{if_replies}{@hide}", "{reactions}", "{maybe3}{@liked_by}", "{emoji}"),
    *("{maybe5}{@edited_by}", "{if_edited}{@edited}", "{maybe5}{@attached}", "{maybe1}{emoji}", "{score}"),
    *("{member2}{flair}", "{@views}", "{maybe3}{@translate}", "{maybe3}{@helpful}"),
)
RULES = (
    *("-----", "* * *", "________________", "=" * 30, "~", "• • •", "---", "***", "- - - - - - - -", "#"),
    *("─" * 24, "═" * 18, "+" * 12, "·", "<hr>", "·:·:·", "░" * 10, "%%", "-" * 72, "_" * 40, "◆", "§"),
)
INDENTS = (
    "  ",
    "    ",
    "\t",
    "| ",
    "> ",
    "│  ",
    "· ",
    "- ",
    "| | ",
    "      ",
    "┊ ",
    ">",
    "… ",
    "\u00a0\u00a0",
)
MARKS = ("{dots} ", "{bars} ", "{arrows} ")
TOP = (
    *("{@count}", "{title}", "{@heading}", "{@sort}", "{@write}", "{@login}", "{@count_paren}", "{@page}"),
    *("{@count_title}", "{@home} > {@forum} > {title}", "{@cookie}", "{@poll}", "{@rules}", "{@follow}"),
    *("{@home} | {@forum} | {@search}", "{@prev} 1 2 3 {pages} {@next}", "{@search}", "{@newsletter}"),
    *("{@heading} {n}", "{title} ({n})", "# {title}", "== {@heading} ==", "{@heading}:", "{@online}"),
    *("{@share}", "{n}", "{@ad}", "{roots} / {n}"),
)
BOXES = (
    ("{@most_read}", "{line1}", "{line2}", "{line3}"),
    ("{@top_users}", "{name1}", "{name2}", "{name3}"),
    ("{@top_users}", "{name1} ({number1})", "{name2} ({number2})", "{name3} ({number3})"),
    ("{@related}", "1. {line1}", "2. {line2}", "3. {line4}"),
    ("{@related}", "{line4}", "{name4}", "{line2}", "{name5}"),
    ("{@online}",),
    ("{@leave}", "{@name}", "{@email}", "{@text_key}", "{@send}"),
    ("{@newsletter}", "{@email}", "{@send}"),
)
BOTTOM = (
    *("{@load}", "{@terms}", "{@page}", "{@login}", "{@closed}", "{@write}", "{@top_link}", "{@cookie}"),
    *("{@prev} 1 2 3 {pages} {@next}", "{@home} | {@forum} | {@search}", "© 2024", "{@next} »", "{@rules}"),
)
ADS = (
    ("{@ad}",),
    ("{@ad}", "{line1}"),
    ("", "{@ad}", ""),
    ("{@related}: {line2}",),
    ("{@ad}", "{line3}", "{@more}"),
    ("--- {@page} ---",),
)
QUOTE_MARKS = (
    ("> ", ""),
    ("> ", ""),
    ("| ", ""),
    ("“", "”"),
    ("» ", ""),
    (">> ", ""),
    ("    ", ""),
    ("« ", " »"),
    (">", ""),
)
QUOTE_HEADS = (
    "{@wrote}",
    "{@originally}",
    "{@wrote} ↑",
    "{quoted}, {quoted_time}:",
    "[{@originally}]",
    "{@quote}: {quoted}",
)
DAYS = ("--- {day} ---", "{day}", "== {day} ==", "[{day}]", "— {day} —", "• {day} •")
