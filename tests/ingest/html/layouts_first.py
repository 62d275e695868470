# ruff: noqa: E501 - the markup of real systems is wide
"""Layouts of saved pages that the reader was built on: real systems' markup and invented structures."""

import json
from html import escape

from tests.ingest.html.made_threads import ARABIC, ENGLISH, FRENCH, GERMAN, JAPANESE, SPANISH, Said

ARTICLE = (
    "<h1>The ferry and its friends</h1><p>For eleven years the small ferry has crossed the sound, whatever the "
    "weather, and for eleven years people have argued about its bell, its price and its captain.</p><p>This week the "
    "council votes again, and the outcome is anything but certain, say those who counted heads on the pier.</p>"
)


def page(
    body: str, *, title: str = "The ferry and its friends", attributes: str = 'lang="en"', head: str = ""
) -> str:
    return (
        f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"<style>.x{{color:red}}</style><script>var a = '<div class=comment>no</div>';</script></head><body>{body}</body></html>"
    )


def children(thread: list[Said], number: int | None) -> list[Said]:
    return [said for said in thread if said.parent == number]


def depth(thread: list[Said], said: Said) -> int:
    level = 0
    while said.parent is not None:
        said, level = thread[said.parent - 1], level + 1
    return level


def wordpress(thread: list[Said]) -> str:
    def item(said: Said, level: int) -> str:
        below = "".join(item(child, level + 1) for child in children(thread, said.number))
        return (
            f'<li id="comment-{90 + said.number}" class="comment {"even" if said.number % 2 else "odd"} depth-{level}">'
            f'<article id="div-comment-{90 + said.number}" class="comment-body"><footer class="comment-meta">'
            f'<div class="comment-author vcard"><img alt="" class="avatar photo" src="a.png"><b class="fn">{escape(said.author)}</b>'
            f'<span class="says">says:</span></div><div class="comment-metadata"><a href="#comment-{90 + said.number}">'
            f'<time datetime="{said.stamp}">{said.shown}</time></a></div></footer><div class="comment-content">{said.html()}</div>'
            f'<div class="reply"><a class="comment-reply-link" href="?replytocom=1">Reply</a></div></article>'
            + (f'<ol class="children">{below}</ol>' if below else "")
            + "</li>"
        )

    items = "".join(item(said, 1) for said in children(thread, None))
    recent = "".join(
        f'<li class="recentcomments"><span class="comment-author-link">{escape(s.author)}</span> on <a href="/x#comment-3">Another story</a></li>'
        for s in thread[:5]
    )
    return page(
        f'<div id="page"><main><article class="post type-post hentry">{ARTICLE}</article><div id="comments" class="comments-area"><h2 class="comments-title">{len(thread)} thoughts on &ldquo;The ferry&rdquo;</h2>'
        f'<ol class="comment-list">{items}</ol><div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p>'
        '<textarea name="comment"></textarea></form></div></div></main><aside class="widget-area sidebar"><section class="widget widget_recent_comments"><h2>Recent Comments</h2>'
        f"<ul>{recent}</ul></section></aside></div>"
    )


def old_reddit(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return (
            f'<div class="thing id-t1_k{said.number} noncollapsed comment" id="thing_t1_k{said.number}" data-fullname="t1_k{said.number}" data-author="{escape(said.author)}">'
            f'<p class="parent"><a name="k{said.number}"></a></p><div class="midcol"><div class="arrow up"></div></div><div class="entry unvoted"><p class="tagline"><a href="#" class="expand">[–]</a>'
            f'<a href="https://old.example/user/x{said.number}" class="author">{escape(said.author)}</a><span class="userattrs"></span> <span class="score unvoted" title="{said.number}">{said.number} points</span> '
            f'<time title="Thu Mar 11 2021" datetime="{said.stamp}" class="live-timestamp">2 years ago</time></p><form class="usertext"><div class="usertext-body"><div class="md">{said.html()}</div></div></form>'
            f'<ul class="flat-list buttons"><li><a href="#" class="bylink">permalink</a></li><li><a>embed</a></li><li><a>save</a></li><li><a>report</a></li><li class="reply-button"><a>reply</a></li></ul></div>'
            f'<div class="child">{f"""<div class="sitetable listing">{below}</div>""" if below else ""}</div><div class="clearleft"></div></div>'
        )

    posts = "".join(item(said) for said in children(thread, None))
    return page(
        '<div class="content"><div class="sitetable linklisting"><div class="thing link" data-fullname="t3_q"><p class="title"><a class="title" href="#">The ferry and its friends</a></p>'
        '<p class="tagline">submitted <time datetime="2021-03-09T08:00:00+00:00">2 years ago</time> by <a class="author">captain_nobody</a></p></div></div>'
        f'<div class="commentarea"><div class="panestack-title"><span class="title">all {len(thread)} comments</span></div><form class="usertext cloneable"></form><div class="sitetable nestedlisting">{posts}</div></div></div>'
    )


def new_reddit(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        parent = f' parentid="t1_z{said.parent}"' if said.parent else ""
        return (
            f'<shreddit-comment author="{escape(said.author)}" thingid="t1_z{said.number}" depth="{depth(thread, said)}"{parent} permalink="/c/z{said.number}" score="{said.number}">'
            f'<div slot="commentMeta"><faceplate-tracker><a href="/user/{said.number}/">{escape(said.author)}</a></faceplate-tracker><span>•</span><faceplate-timeago ts="{said.stamp}"><time datetime="{said.stamp}">2y ago</time></faceplate-timeago></div>'
            f'<div id="t1_z{said.number}-comment-rtjson-content" slot="comment"><div class="py-0">{said.html()}</div></div>'
            f'<shreddit-comment-action-row slot="actionRow"><button>Reply</button><button>Share</button><span>{said.number}</span></shreddit-comment-action-row>{below}</shreddit-comment>'
        )

    return page(
        f"<shreddit-app><main><h1>The ferry</h1><shreddit-comment-tree>{''.join(item(said) for said in children(thread, None))}</shreddit-comment-tree></main></shreddit-app>"
    )


def phpbb(thread: list[Said]) -> str:
    posts = "".join(
        f'<div id="p{700 + said.number}" class="post has-profile bg{said.number % 2}"><div class="inner"><dl class="postprofile" id="profile{700 + said.number}"><dt class="has-profile-rank"><div class="avatar-container"></div>'
        f'<a href="./memberlist.php?mode=viewprofile&amp;u={said.number}" class="username">{escape(said.author)}</a></dt><dd class="profile-rank">Stammgast</dd><dd class="profile-posts"><strong>Beiträge:</strong> <a href="#">{said.number * 31}</a></dd>'
        f'<dd class="profile-joined"><strong>Registriert:</strong> 0{said.number % 9 + 1}. Mai 2011, 12:0{said.number % 9}</dd></dl><div class="postbody"><div id="post_content{700 + said.number}"><h3><a href="#p{700 + said.number}">Re: Radweg</a></h3>'
        f'<ul class="post-buttons"><li><a href="#" title="Mit Zitat antworten"><span>Zitieren</span></a></li></ul><p class="author"><span class="responsive-hide">von <strong><a href="./memberlist.php?u={said.number}" class="username">{escape(said.author)}</a></strong> &raquo; </span><time datetime="{said.stamp}">{said.shown}</time></p>'
        f'<div class="content">{said.html(quote="<blockquote><div>{}</div></blockquote>", own="{}<br><br>")}</div><div class="notice">Zuletzt geändert von {escape(said.author)} am 20. Mai 2021, 10:00, insgesamt 1-mal geändert.</div>'
        f'<div id="sig{700 + said.number}" class="signature">Wer bremst, verliert. Oder auch nicht.</div></div></div><div class="back2top"><a href="#top">Nach oben</a></div></div></div><hr class="divider">'
        for said in thread
    )
    return page(
        f'<div id="wrap"><h2 class="topic-title"><a href="#">Der neue Radweg</a></h2><div class="action-bar"><div class="pagination">{len(thread)} Beiträge &bull; Seite <strong>1</strong> von <strong>1</strong></div></div>{posts}</div>',
        attributes='lang="de" dir="ltr"',
    )


def disqus(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        link = (
            f'<span class="post-meta"><a href="#comment-55{said.parent}" class="parent-link"><i class="icon-forward" title="in reply to"></i> {escape(thread[said.parent - 1].author)}</a></span>'
            if said.parent
            else ""
        )
        return (
            f'<li class="post" id="post-55{said.number}"><div role="alert"></div><div data-role="post-content" class="post-content"><ul class="post-menu dropdown"><li><a class="dropdown-toggle">−</a></li><li><a>Flag as inappropriate</a></li></ul>'
            f'<div class="avatar hovercard"><a class="user"><img alt="Avatar" src="a.jpg"></a></div><div class="post-body"><header class="comment__header"><span class="post-byline"><span class="author publisher-anchor-color"><a href="https://disqus.example/by/u{said.number}/" class="publisher-anchor-color">{escape(said.author)}</a></span> {link}</span>'
            f'<span class="post-meta"><span class="bullet time-ago-bullet">•</span><a href="#comment-55{said.number}" class="time-ago" title="{said.shown}">a year ago</a></span></header><div class="post-body-inner"><div class="post-message-container"><div class="publisher-anchor-color"><div class="post-message "><div>{said.html()}</div></div></div></div></div>'
            f'<footer class="comment__footer"><menu class="comment-footer__menu"><li class="voting"><a class="vote-up"><span class="count">{said.number}</span></a></li><li class="reply"><a href="#"><span class="text">Reply</span></a></li><li><a>Share ›</a></li></menu></footer></div></div>'
            f'<ul class="children">{below}</ul></li>'
        )

    return page(
        f'<div id="layout"><header id="main-nav"><nav><ul><li><span class="comment-count">{len(thread)} comments</span></li><li><a>Login</a></li></ul></nav></header><section id="conversation"><div id="posts"><ul id="post-list" class="post-list">{"".join(item(said) for said in children(thread, None))}</ul></div></section></div>'
    )


def spacer_table(thread: list[Said]) -> str:
    rows = "".join(
        f'<tr><td><table border=0 cellpadding=0><tr><td><img src="s.gif" height=1 width={depth(thread, said) * 30}></td><td valign=top><font size=2><b>{escape(said.author)}</b> | <font color=gray>{said.shown}</font> | <a href="reply.cgi?{said.number}">返信</a></font>'
        f"<br>{said.html(own='{}<br>')}</td></tr></table></td></tr>"
        for said in thread
    )
    return page(
        f"<center><font size=5>新しい図書館について</font><hr><table width=600>{rows}</table><hr><form><input type=text name=n><textarea></textarea></form></center>",
        attributes='lang="ja"',
        title="掲示板",
    )


def hashed_divs(thread: list[Said]) -> str:
    posts = "".join(
        f'<div class="css-1q8zk" style="margin-left:{depth(thread, said) * 24}px"><div class="css-9ab2c"><img class="css-77dd1" src="u.png" alt="Avatar de {escape(said.author)}"><div class="css-0kfj3"><span class="css-aa91x">{escape(said.author)}</span><span class="css-bb02y">{said.shown}</span></div></div>'
        f'<div class="css-t3xt0">{said.html(own="<span>{}</span>")}</div><div class="css-btn55"><button>J\'aime ({said.number})</button><button>Répondre</button><a href="#">Signaler</a></div></div>'
        for said in thread
    )
    teasers = "".join(
        f'<div class="css-tz111"><a href="/n/{n}"><h3 class="css-tzh33">Un titre de plus, le numéro {n}</h3></a><span class="css-tzd00">{n} avril 2021</span><p>Le résumé de la nouvelle numéro {n}, qui invite à lire la suite…</p></div>'
        for n in range(1, 5)
    )
    return page(
        f'<div class="css-root0"><h1>Le marché du samedi</h1><p>{"Le marché existe depuis cent ans et plus, dit-on à la mairie. " * 3}</p><section class="css-sec77"><h2>Commentaires ({len(thread)})</h2>{posts}</section><section class="css-rel00"><h2>À lire aussi</h2>{teasers}</section></div>',
        attributes='lang="fr"',
        title="Le marché du samedi",
    )


def definition_list(thread: list[Said]) -> str:
    rows = "".join(
        f"<dt>{escape(said.author)} <small>({said.shown})</small></dt><dd>{said.html()}</dd>"
        for said in thread
    )
    return page(
        f"<h1>El parque cerrado</h1><p>{'El parque sigue cerrado y los vecinos preguntan. ' * 4}</p><h2>{len(thread)} comentarios</h2><dl>{rows}</dl>",
        attributes='lang="es"',
        title="El parque",
    )


def numbered(thread: list[Said]) -> str:
    def reply(said: Said) -> str:
        return (
            f'<p class="ref">In reply to <a href="#n{said.parent}">#{said.parent}</a></p>'
            if said.parent
            else ""
        )

    posts = "".join(
        f'<section id="n{said.number}"><h4><a href="#n{said.number}">#{said.number}</a> <em>{escape(said.author)}</em>, {said.shown}</h4>{reply(said)}<div>{said.html()}</div><p><a href="/answer/{said.number}">Reply</a> <a href="/report/{said.number}">Report</a></p></section>'
        for said in thread
    )
    return page(f"<div>{ARTICLE}</div><div><h3>{len(thread)} replies</h3>{posts}</div>")


def nested_details(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return f'<details open><summary><strong>{escape(said.author)}</strong> <time datetime="{said.stamp}">{said.shown}</time></summary><div>{said.html()}</div>{below}</details>'

    return page(f"<main>{ARTICLE}<hr>{''.join(item(said) for said in children(thread, None))}</main>")


def custom_elements(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return f'<user-note note-id="{said.number}"><note-head><user-chip>{escape(said.author)}</user-chip><relative-time datetime="{said.stamp}">some time ago</relative-time></note-head><note-words>{said.html()}</note-words><note-tools><button>Reply</button></note-tools><note-kids>{below}</note-kids></user-note>'

    return page(f"<notes-app>{ARTICLE}{''.join(item(said) for said in children(thread, None))}</notes-app>")


def right_to_left(thread: list[Said]) -> str:
    posts = "".join(
        f'<div class="k1" style="margin-right: {depth(thread, said) * 2}em"><p class="k2"><b>{escape(said.author)}</b> <i>{said.shown}</i></p><div class="k3">{said.html()}</div><p class="k4"><a href="#">رد</a> <a href="#">إعجاب</a></p></div>'
        for said in thread
    )
    return page(
        f"<h1>الحديقة الجديدة</h1><p>{'افتتحت الحديقة في الربيع بعد أعوام من الانتظار والعمل. ' * 4}</p><div>{posts}</div>",
        attributes='lang="ar" dir="rtl"',
        title="الحديقة",
    )


def microdata(thread: list[Said]) -> str:
    posts = "".join(
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="k{said.number}"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(said.author)}</span></span> schrieb am <meta itemprop="dateCreated" content="{said.stamp}"><span>{said.shown}</span>:<div itemprop="text">{said.html()}</div><a href="#">Antworten</a></div>'
        for said in thread
    )
    return page(
        f'<div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Der Radweg</h1><meta itemprop="commentCount" content="{len(thread)}"><div itemprop="articleBody"><p>{"Der Radweg ist fertig, jedenfalls zur Hälfte und auf dem Papier. " * 3}</p></div>{posts}</div>',
        attributes='lang="de"',
        title="Der Radweg",
    )


def json_ld(thread: list[Said]) -> str:
    def node(said: Said) -> dict[str, object]:
        return {
            "@type": "Comment",
            "author": {"@type": "Person", "name": said.author},
            "dateCreated": said.stamp,
            "text": said.text,
            "comment": [node(child) for child in children(thread, said.number)],
        }

    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "comment": [node(said) for said in children(thread, None)],
    }
    return page(
        f'{ARTICLE}<div id="comments-root">Loading comments…</div>',
        head=f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )


FIRST = {
    "wordpress": (wordpress, ENGLISH, True),
    "old-reddit": (old_reddit, ENGLISH, True),
    "new-reddit": (new_reddit, ENGLISH, True),
    "phpbb": (phpbb, GERMAN, False),
    "disqus": (disqus, ENGLISH, True),
    "spacer-table": (spacer_table, JAPANESE, True),
    "hashed-divs": (hashed_divs, FRENCH, True),
    "definition-list": (definition_list, SPANISH, False),
    "numbered": (numbered, ENGLISH, True),
    "nested-details": (nested_details, ENGLISH, True),
    "custom-elements": (custom_elements, ENGLISH, True),
    "right-to-left": (right_to_left, ARABIC, True),
    "microdata": (microdata, GERMAN, False),
    "json-ld": (json_ld, ENGLISH, True),
}
