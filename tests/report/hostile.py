"""Strings with which a comment may try to be more than text."""

import re
import unicodedata

_OWN = "document.title='owned'"
_URL = "http://intruder.invalid/"

HOSTILE: dict[str, str] = {
    # elements and handlers
    "script": f"<script>{_OWN}</script>",
    "script in odd case": f"<ScRiPt\t>{_OWN}</sCrIpT >",
    "script of another place": f'<script src="{_URL}x.js"></script>',
    "module": f"<script type=module>{_OWN}</script>",
    "image with handler": f'<img src=x onerror="{_OWN}">',
    "image elsewhere": f'<img src="{_URL}pixel.png">',
    "handler with slashes": f"<img/src/onerror={_OWN}//>",
    "image without an end": f"<img src=x onerror={_OWN} ",
    "svg with handler": f"<svg/onload={_OWN}>",
    "svg with script": f"<svg><script>{_OWN}</script></svg>",
    "svg animation": '<svg><animate href=#x attributeName=href values="javascript:alert(1)"/></svg>',
    "svg foreign object": f"<svg><foreignObject><img src=x onerror={_OWN}></foreignObject></svg>",
    "svg use": f'<svg><use href="{_URL}s.svg#x"/></svg>',
    "mathml": '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    "mutation": f"<math><mtext><table><mglyph><style><img src=x onerror={_OWN}></style></mglyph></table>",
    "iframe": '<iframe srcdoc="<script>parent.document.title=1</script>"></iframe>',
    "object": f'<object data="{_URL}"></object><embed src="{_URL}">',
    "form": f'<form action="{_URL}"><input autofocus onfocus={_OWN}><button>Send</button></form>',
    "base": f'<base href="{_URL}">',
    "refresh": f'<meta http-equiv="refresh" content="0;url={_URL}">',
    "second policy": '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "style sheet": f"<link rel=stylesheet href={_URL}a><style>@import '{_URL}b';*{{display:none}}</style>",
    "open details": f"<details open ontoggle={_OWN}><summary>x</summary></details>",
    "video": f"<video><source onerror={_OWN}></video><audio src=x onerror={_OWN}>",
    "template and slot": f"<template shadowrootmode=open><img src=x onerror={_OWN}></template>",
    "custom element": f"<x-x tabindex=0 onfocus={_OWN} autofocus>",
    "id that hides ours": '<a id="main" name="discourse" href="#p1">x</a><form id=p1 name=filter></form>',
    # out of where the text stands
    "end of script": f"</script><script>{_OWN}</script>",
    "end of style": f"</style><script>{_OWN}</script>",
    "end of title": f"</title><script>{_OWN}</script>",
    "end of everything": "</q></p></li></ol></section></main></body></html><h1>The end",
    "end of svg": f"</text></g></svg><script>{_OWN}</script>",
    "end of option": f"</option></select><img src=x onerror={_OWN}>",
    "end of noscript": f"</noscript></textarea><img src=x onerror={_OWN}>",
    "double quote": f'" onmouseover="{_OWN}" x="',
    "single quote": f"' onfocus='{_OWN}' tabindex=0 autofocus x='",
    "back quote": f"` onmouseover={_OWN} ",
    "slash before a quote": f"\\\"><script>{_OWN}</script>\\'",
    "comment": f"<!-- --!><script>{_OWN}</script> -->",
    "comment that stays open": "<!--",
    "CDATA": f"<![CDATA[<script>{_OWN}</script>]]> ]]>",
    "doctype and entities": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "outer entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "processing instruction": '<?xml version="1.0"?><?php echo 1; ?>',
    "end of JSON": f'"}}]}};</script><script>{_OWN}</script>//',
    "prototype": '{"__proto__": {"x": 1}, "constructor": {"prototype": {}}}',
    # what is decoded once too often
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#60;b&#x3e; &#0; &lt &nosuch;",
    "percent signs": "%3Cscript%3Ealert(1)%3C/script%3E %00 %s %d %n {0} {x!r}",
    "escapes": r"\u003cscript\u003e \x3cb\x3e \74b\76 \\ \0 \n",
    "full width": "＜script＞alert(1)＜/script＞ ‹b› ⟨img⟩",
    "UTF-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    # links and addresses
    "javascript link": f'<a href="javascript:{_OWN}">x</a> javascript:alert(1) jAvA\tscript:alert(1)',
    "data link": '<a href="data:text/html,<script>alert(1)</script>">x</a> data:text/html;base64,PHNjcg==',
    "bare address": f"{_URL}?a=1&b=2#p1 //intruder.invalid/x www.intruder.invalid",
    "path": "../../../../etc/passwd ..\\..\\windows\\win.ini file:///etc/passwd C:\\CON \\\\host\\share",
    "anchor": "#p1 #main p1 d1-t1",
    # style
    "style attribute": f'" style="position:fixed;inset:0;background:url({_URL})" x="',
    "style rule": "}body{display:none}/* </style> */ expression(alert(1)) url(javascript:alert(1))",
    # languages of templates, queries, tables and terminals
    "jinja": "{{7*7}} {% for x in y %} {# no #} {{ config.__class__ }} {%- raw -%}",
    "other templates": "${7*7} #{7*7} <%= 7*7 %> [[7*7]] {{{x}}} *{7*7} @(7*7) ~{x}",
    "formula": "=CMD|'/C calc'!A0",
    "other formulas": '+1+1 -1+1 @SUM(1+1) \t=1+1 =HYPERLINK("http://intruder.invalid/")',
    "query": "'; DROP TABLE posts; -- \" OR 1=1 /*",
    "shell": "$(touch x) `touch x` ; touch x | tee x && x > x",
    "mathtext": r"$\frac{1}{2}$ $ \undefined{ $$ \\ ^_{ %",
    "markup of terminals": "[bold red]x[/] [link=http://intruder.invalid/]x[/link] [/nothing]",
    "terminal escapes": f"\x1b[2J\x1b[31m\x1b[0m \x1b]0;owned\x07 \x1b]8;;{_URL}\x07x\x1b]8;;\x07\x1bc",
    "C1 controls": "\x9b31mred\x9b0m \x90q\x9c \x85 \x80",
    "going back": "good\rbad gone\b\b\b\b\x7f\x7f",
    "null and its kin": "a\x00b\x01c\x02d\x1fe\x7ff\x0bg\x0ch",
    "pictures of controls": "␀ ␛ ␡ \ufffd",
    "regular expression bomb": "(a+)+$ " + "a" * 400 + "!",
    "brackets": "([{" * 120,
    # directions and letters
    "override": "\u202eevil txt.exe",
    "override in a sentence": "The mayor \u202egnp.yalpsid\u202c did it \u202d123\u202e321",
    "embeddings without an end": "\u202a\u202b\u202a\u202b\u202a\u202b left and right",
    "isolates without an end": "\u2066\u2067\u2068 left and right",
    "ends without a beginning": "\u2069\u2069\u2069\u202c\u202c\u202c out of here",
    "marks of direction": "\u200e1\u200f2\u061c3",
    "Hebrew": "שלום (123) <b>עולם</b> 'x'",
    "Arabic": 'مرحبا "123" بالعالم [x]؟',
    "zero width": "ad\u200bmin ad\u200cmin ad\u2060min ad\ufeffmin \u00adsoft\u00adhyphens\u00ad",
    "nothing to see": "\u200b\u2060\ufeff\u3164\u115f",
    "invisible letters": "x\U000e0041\U000e0042\U000e007f y\ufe0f\U000e0100",
    "combining storm": "Z" + "\u0336\u0310\u0353\u0489\u0334" * 60 + "a" + "\u0e47" * 120,
    "signs from elsewhere": "раypal Ａdmin аdmin ⅼ1I| ｊavascript:alert(1)",
    "joined emoji": "👩🏽‍❤️‍💋‍👨🏿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇪🇺🇪 👨‍👩‍👧‍👦‍👨‍👩‍👧‍👦",
    "astral": "𝕬𝖉𝖒𝖎𝖓 𒀀 𐎀 𠜎 \U0010fffd",
    "noncharacters": "\ufffe \uffff \ufdd0 \U0001fffe \U0010ffff \ue000",
    "separators": "one\u2028two\u2029three\u0085four",
    "wide blanks": "a\u00a0\u2003\u3000\u205f\u1680b" + "\u00a0" * 200 + "c",
    "lines": "\n\n\n# title\n> quote\n* * *\n\n\n",
    # sheer size
    "long word": "w" * 3000,
    "long address": "http://intruder.invalid/" + "%41" * 700,
    "long without blanks": "漢" * 900,
    "many dots": "." * 900 + "…" * 200,
    "nothing but blanks between": "a" + " " * 2000 + "b",
}

# a file's name may hold bytes that are no UTF-8, which Python keeps as halves of pairs
HALVES = "half \ud83d pair \udcff\udc80 name"

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x202A, 0x202F), 0xFFFD)


def shown(text: str) -> str:
    """Return what a page shows: pictures of what HTML forbids, � for what overrules, ? for half a pair."""
    return re.sub("[\ud800-\udfff]", "?", text.translate(_CONTROLS))


def strings() -> list[str]:
    """Return the texts as a reader of sources hands them on: composed (NFC)."""
    return [unicodedata.normalize("NFC", text) for text in HOSTILE.values()]
