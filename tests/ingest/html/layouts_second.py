# ruff: noqa: E501 - the markup of real systems is wide
"""Layouts of saved pages that were made up after the reader was written."""

from html import escape

from tests.ingest.html.layouts_first import ARTICLE, children, depth, page
from tests.ingest.html.made_threads import ARABIC, ENGLISH, FRENCH, GERMAN, JAPANESE, SPANISH, Said


def xenforo(thread: list[Said]) -> str:
    quote = '<blockquote class="bbCodeBlock bbCodeBlock--quote"><div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent">{}</div><div class="bbCodeBlock-expandLink"><a>Click to expand...</a></div></div></blockquote>'
    posts = "".join(
        f'<article class="message message--post" data-author="{escape(said.author)}" data-content="post-{40 + said.number}" id="js-post-{40 + said.number}"><span class="u-anchorTarget" id="post-{40 + said.number}"></span><div class="message-inner"><div class="message-cell message-cell--user"><section class="message-user">'
        f'<div class="message-avatar"><a class="avatar"><span class="avatar-u1-m">{escape(said.author[0])}</span></a></div><div class="message-userDetails"><h4 class="message-name"><a href="/members/{said.number}/" class="username">{escape(said.author)}</a></h4><h5 class="userTitle message-userTitle">Well-known member</h5></div>'
        f'<div class="message-userExtras"><dl class="pairs"><dt>Joined</dt><dd>Apr {said.number}, 2014</dd></dl><dl class="pairs"><dt>Messages</dt><dd>{said.number * 77}</dd></dl></div></section></div><div class="message-cell message-cell--main"><header class="message-attribution"><ul class="message-attribution-main"><li><a href="#post-{40 + said.number}"><time class="u-dt" datetime="{said.stamp}" title="{said.shown}">{said.shown}</time></a></li></ul>'
        f'<ul class="message-attribution-opposite"><li><a><i class="fa"></i></a></li><li><a href="#">#{said.number}</a></li></ul></header><div class="message-content"><div class="message-userContent"><article class="message-body"><div class="bbWrapper">{said.html(quote=quote, own="{}<br><br>")}</div></article></div><aside class="message-signature"><div class="bbWrapper">Sails beat motors.</div></aside></div>'
        f'<footer class="message-footer"><div class="message-actionBar"><a>Report</a><a>Like</a><a>+ Quote</a><a>Reply</a></div><div class="reactionsBar"><bdi>Somebody</bdi> and <bdi>Another</bdi></div></footer></div></div></article>'
        for said in thread
    )
    return page(
        f'<div class="p-body"><div class="p-title"><h1 class="p-title-value">Ferry thread</h1></div><div class="block block--messages"><div class="block-body js-replyNewMessageContainer">{posts}</div></div></div>'
    )


def vbulletin_tables(thread: list[Said]) -> str:
    quote = '<div style="margin:20px; margin-top:5px;"><div class="smallfont">Quote:</div><table border="0" width="100%"><tr><td class="alt2 quote">{}</td></tr></table></div>'
    posts = "".join(
        f'<table class="tborder" id="post{60 + said.number}" cellpadding="6" width="100%"><tr><td class="thead"><a name="post{60 + said.number}"></a>{said.shown}</td><td class="thead" align="right">#<a href="#">{said.number}</a></td></tr><tr valign="top"><td class="alt2" width="175"><div id="postmenu_{60 + said.number}"><a class="bigusername" href="member.php?u={said.number}">{escape(said.author)}</a></div><div class="smallfont">Senior Member</div>'
        f'<div class="smallfont"><div>Join Date: Jan 2009</div><div>Location: somewhere</div><div>Posts: {said.number * 13}</div></div></td><td class="alt1" id="td_post_{60 + said.number}"><hr size="1"><div id="post_message_{60 + said.number}">{said.html(quote=quote, own="{}<br><br>")}</div><div>__________________<br>My signature is longer than my posts</div></td></tr><tr><td class="alt2"></td><td class="alt1" align="right"><a href="newreply.php"><img alt="Reply With Quote" src="q.gif"></a></td></tr></table><br>'
        for said in thread
    )
    return page(
        f'<div align="center"><table><tr><td class="navbar"><a href="/">Forum</a> &gt; Ferries</td></tr></table><div id="posts">{posts}</div></div>'
    )


def discourse_crawler(thread: list[Said]) -> str:
    posts = "".join(
        f'<div id="post_{said.number}" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url" href="/u/x{said.number}"><span itemprop="name">{escape(said.author)}</span></a></span>'
        f'<link itemprop="mainEntityOfPage" href="/t/1"><span class="crawler-post-infos"><time itemprop="datePublished" datetime="{said.stamp}" class="post-time">{said.shown}</time><meta itemprop="dateModified" content="2021-06-01T00:00:00Z"><span itemprop="position">{said.number}</span></span></div><div class="post" itemprop="text">'
        + said.html(
            quote='<aside class="quote no-group" data-username="x"><div class="title"><div class="quote-controls"></div></div><blockquote><p>{}</p></blockquote></aside>'
        )
        + f'</div><div itemprop="interactionStatistic" itemscope itemtype="http://schema.org/InteractionCounter"><meta itemprop="interactionType" content="http://schema.org/LikeAction"><meta itemprop="userInteractionCount" content="3"><span class="post-likes">{said.number} Likes</span></div></div>'
        for said in thread
    )
    return page(
        f'<noscript data-path="/t/1"><header class="d-header"></header><div id="main-outlet"><div id="topic-title"><h1><a href="/t/1">Ferries</a></h1></div><div itemscope itemtype="http://schema.org/DiscussionForumPosting">{posts}</div></div></noscript>'
    )


def youtube(thread: list[Said]) -> str:
    def one(said: Said) -> str:
        return (
            f'<ytd-comment-view-model id="comment"><div id="body"><div id="author-thumbnail"><button><img src="i.jpg" alt="{escape(said.author)}"></button></div><div id="main"><div id="header"><div id="header-author"><h3 class="ytd-comment-view-model"><a id="author-text" href="/@x{said.number}"><span class="yt-core">{escape(said.author)}</span></a></h3>'
            f'<span id="published-time-text"><a href="/watch?v=1&amp;lc=U{said.number}">{said.shown}</a></span></div></div><div id="expander"><div id="content"><yt-attributed-string id="content-text"><span style="white-space: pre-wrap;">{escape(chr(10).join(said.paragraphs), quote=False)}</span></yt-attributed-string></div><button id="more">Read more</button></div>'
            f'<ytd-comment-engagement-bar><span id="vote-count-middle">{said.number}</span><button>Reply</button></ytd-comment-engagement-bar></div></div></ytd-comment-view-model>'
        )

    threads = ""
    for top in children(thread, None):
        flat = [said for said in thread if said.number != top.number and _top(thread, said) == top.number]
        replies = (
            f'<div id="replies"><ytd-comment-replies-renderer><button>{len(flat)} replies</button><div id="contents">{"".join(map(one, flat))}</div></ytd-comment-replies-renderer></div>'
            if flat
            else ""
        )
        threads += f"<ytd-comment-thread-renderer>{one(top)}{replies}</ytd-comment-thread-renderer>"
    return page(
        f'<ytd-app><h1>Harbour film</h1><ytd-comments id="comments"><ytd-comments-header-renderer><h2 id="count"><span>{len(thread)}</span> <span>Comments</span></h2></ytd-comments-header-renderer><div id="contents">{threads}</div></ytd-comments></ytd-app>'
    )


def _top(thread: list[Said], said: Said) -> int:
    while said.parent is not None:
        said = thread[said.parent - 1]
    return said.number


def coral(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        to = (
            f'<div class="coral-comment-inReplyTo"><span>In reply to</span> <span class="coral-comment-inReplyTo-username">{escape(thread[said.parent - 1].author)}</span></div>'
            if said.parent
            else ""
        )
        return (
            f'<div data-testid="comment-c{said.number}" id="comment-c{said.number}"><article class="coral coral-comment" role="article" aria-labelledby="h{said.number}"><div class="coral-comment-topBar"><button class="coral-username coral-comment-username"><span>{escape(said.author)}</span></button><span class="coral-userTag">Subscriber</span><time class="coral-timestamp coral-comment-timestamp" datetime="{said.stamp}" title="{said.shown}">3 hours ago</time>{to}</div>'
            f'<div class="coral coral-comment-content">{said.html(own="<div>{}</div>")}</div><div class="coral-comment-actionBar"><button>Respect</button><button>Reply</button><button>Share</button></div></article>{f"""<div class="coral-replyList">{below}</div>""" if below else ""}</div>'
        )

    return page(
        f'<div id="coral"><h2>{len(thread)} Comments</h2>{"".join(item(said) for said in children(thread, None))}</div>'
    )


def openweb(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return (
            f'<li aria-level="{depth(thread, said) + 1}"><article class="spcv_message" data-spot-im-class="message"><div data-spot-im-class="message-view"><div class="x1"><img alt="{escape(said.author)}"><span data-spot-im-class="message-username">{escape(said.author)}</span><time data-spot-im-class="message-timestamp" title="{said.shown}">5 h</time></div>'
            f'<div data-spot-im-class="message-text"><div>{said.html()}</div></div><div class="x9"><button>Reply</button><span>{said.number}</span><button>Share</button></div></div></article>{f"<ul>{below}</ul>" if below else ""}</li>'
        )

    return page(
        f'<div data-spot-im-class="conversation"><h2>Comments {len(thread)}</h2><ul class="spcv_messages-list">{"".join(item(said) for said in children(thread, None))}</ul></div>'
    )


def blogger(thread: list[Said]) -> str:
    def item(said: Said, inner: bool) -> str:
        below = "" if inner else "".join(item(child, True) for child in _below(thread, said))
        return (
            f'<li class="comment" id="c8{said.number}"><div class="avatar-image-container"><img src="b.gif" alt=""></div><div class="comment-block"><div class="comment-header"><cite class="user{" blog-author" if inner else ""}"><a href="https://profile.example/{said.number}" rel="nofollow">{escape(said.author)}</a></cite><span class="icon user"></span><span class="datetime secondary-text"><a rel="nofollow" href="#c8{said.number}">{said.shown}</a></span></div>'
            f'<p class="comment-content">{said.html(quote="&gt; {}<br><br>", own="{}<br><br>")}</p><span class="comment-actions secondary-text"><a class="comment-reply">Responder</a><span class="item-control"><a href="#">Eliminar</a></span></span></div>'
            f'<div class="comment-replies"><div class="comment-thread inline-thread"><span class="thread-toggle thread-expanded"><span class="thread-arrow"></span><span class="thread-count"><a target="_self">Respuestas</a></span></span><ol class="thread-chrome thread-expanded">{below}</ol></div></div></li>'
        )

    return page(
        f'<div class="post hentry"><h3 class="post-title">El parque</h3><div class="post-body">{"El parque sigue cerrado. " * 12}</div></div><div class="comments" id="comments"><h4>{len(thread)} comentarios:</h4><div class="comments-content"><div id="comment-holder"><ol id="top-ra">{"".join(item(said, False) for said in children(thread, None))}</ol></div></div></div>',
        attributes='lang="es"',
    )


def _below(thread: list[Said], top: Said) -> list[Said]:
    return [said for said in thread if said.number != top.number and _top(thread, said) == top.number]


def drupal(thread: list[Said]) -> str:
    def items(number: int | None) -> str:
        parts = []
        for said in children(thread, number):
            below = items(said.number)
            parts.append(
                f'<a id="comment-{300 + said.number}"></a><div class="comment odd clearfix"><h3><a href="/comment/{said.number}#comment-{said.number}" class="permalink" rel="bookmark">Radweg</a></h3><div class="submitted"><span class="username">{escape(said.author)}</span>, {said.shown}</div><div class="content"><div class="field field-name-comment-body"><div class="field-items"><div class="field-item even">{said.html()}</div></div></div></div><ul class="links inline"><li class="comment-reply"><a href="#">Antworten</a></li></ul></div>'
                + (f'<div class="indented">{below}</div>' if below else "")
            )
        return "".join(parts)

    return page(
        f'<div id="content"><h1>Der Radweg</h1><div class="node"><p>{"Der Radweg endet, wo er beginnt, sagen viele im Dorf. " * 4}</p></div><div id="comments" class="comment-wrapper"><h2 class="title">Kommentare</h2>{items(None)}</div></div>',
        attributes='lang="de"',
    )


def bold_names(thread: list[Said]) -> str:
    posts = "".join(
        f"<div><p><b>{escape(said.author)}</b></p>{said.html()}<p><i>{said.shown}</i></p></div><hr>"
        for said in thread
    )
    return page(
        f"<h1>Guestbook</h1><p>Welcome to the guestbook of the small harbour, where everybody may leave a word.</p>{posts}<p><a href='/'>Home</a></p>"
    )


def unclassed_rows(thread: list[Said]) -> str:
    rows = "".join(
        f'<tr bgcolor="#eee"><td width="140" valign="top"><a href="/profil.php?id={said.number}">{escape(said.author)}</a><br><small>{said.shown}</small></td><td valign="top">{said.html(own="{}<br>", quote="<blockquote>{}</blockquote>")}</td></tr>'
        for said in thread
    )
    return page(
        f'<table width="800"><tr><td colspan="2"><h1>Radweg</h1></td></tr></table><table width="800" border="1"><tr><th>Autor</th><th>Beitrag</th></tr>{rows}</table><form><textarea></textarea><input type="submit" value="Absenden"></form>',
        attributes='lang="de"',
    )


def two_lists(thread: list[Said]) -> str:
    comments = "".join(
        f'<li class="h-entry comment" id="c{said.number}"><div class="p-author h-card"><img class="u-photo" alt="" src="p.jpg"><span class="p-name">{escape(said.author)}</span></div><time class="dt-published" datetime="{said.stamp}">{said.shown}</time><div class="e-content">{said.html()}</div></li>'
        for said in thread[:7]
    )
    mentions = "".join(
        f'<li class="webmention h-cite"><a class="u-author h-card" href="https://blog{said.number}.example/">{escape(said.author)}</a> mentioned this on <time class="dt-published" datetime="{said.stamp}">{said.shown}</time><blockquote class="e-content webmention-content">{"".join(f"<p>{escape(p)}</p>" for p in said.paragraphs)}</blockquote></li>'
        for said in thread[7:]
    )
    return page(
        f'<article>{ARTICLE}</article><section id="comments"><h2>7 comments</h2><ol>{comments}</ol></section><section id="webmentions"><h2>3 webmentions</h2><ul>{mentions}</ul></section>'
    )


def labelled_articles(thread: list[Said]) -> str:
    def item(said: Said, inner: bool) -> str:
        label = (
            f"Reply by {said.author} to {thread[said.parent - 1].author}"
            if said.parent
            else f"Comment by {said.author}"
        )
        below = "" if inner else "".join(item(child, True) for child in _below(thread, said))
        return (
            f'<div class="x1n2onr6"><div role="article" aria-label="{escape(label)} {said.shown}" class="x1y33l x78zum5"><div class="xqcrz7y"><a class="x1i10hfl" href="/profile.php?id={said.number}"><span class="x3nfvp2">{escape(said.author)}</span></a><div dir="auto" style="text-align: start;">'
            f'{"<br>".join(escape(p, quote=False) for p in said.paragraphs)}</div></div><ul class="x1n0m28w"><li><span>Like</span></li><li><span>Reply</span></li><li><a href="?comment_id={said.number}">{said.shown}</a></li></ul></div>{below}</div>'
        )

    return page(
        f'<div role="main"><div class="x9f619"><h2>Harbour news</h2><div>{"".join(item(said, False) for said in children(thread, None))}</div></div></div>'
    )


def numbered_board(thread: list[Said]) -> str:
    def html(said: Said) -> str:
        anchor = f'<a href="#r{said.parent}">&gt;&gt;{said.parent}</a><br>' if said.parent else ""
        return anchor + said.html(own="{}<br>")

    posts = "".join(
        f'<dt id="r{said.number}">{said.number} ：<font color="green"><b>{escape(said.author)}</b></font>：{said.shown} ID:x{said.number}Q</dt><dd>{html(said)}<br><br></dd>'
        for said in thread
    )
    return page(
        f"<h1>図書館スレ</h1><dl class='thread'>{posts}</dl><form>名前：<input></form>",
        attributes='lang="ja"',
        title="図書館スレ",
    )


def hashed_nested(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return f'<div class="_a7f3"><div class="_b2c9"><div class="_c81d"><div class="_d44e">{escape(said.author)}</div><div class="_e550">{said.shown}</div></div><div class="_f3a6">{said.html(own="<div>{}</div>")}</div><div class="_g917"><span>Répondre</span><span>{said.number}</span></div></div>{f"""<div class="_h60b">{below}</div>""" if below else ""}</div>'

    return page(
        f'<div class="_r00t"><h1>Le marché</h1>{"".join(item(said) for said in children(thread, None))}</div>',
        attributes='lang="fr"',
        title="Le marché",
    )


def arabic_list(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        return f'<li><div><span class="commenter">{escape(said.author)}</span> <span class="comment-date">{said.shown}</span></div><p class="comment-text">{escape(said.paragraphs[0])}</p><a class="reply-link" href="#">الرد</a>{f"<ul>{below}</ul>" if below else ""}</li>'

    return page(
        f'<h1>الحديقة</h1><h3>التعليقات</h3><ul class="comments">{"".join(item(said) for said in children(thread, None))}</ul>',
        attributes='lang="ar" dir="rtl"',
        title="الحديقة",
    )


def deleted_posts(thread: list[Said]) -> str:
    def item(said: Said) -> str:
        below = "".join(item(child) for child in children(thread, said.number))
        if said.author == "[deleted]":
            head, body = "<span class='gone'>[deleted]</span>", "<p>[deleted]</p>"
        else:
            head, body = f'<a class="poster" href="/u/{said.number}">{escape(said.author)}</a>', said.html()
        return f'<div class="cmt" data-cid="{said.number}"><div class="cmt-head">{head} <time datetime="{said.stamp}">{said.shown}</time></div><div class="cmt-text">{body}</div><div class="cmt-actions"><a>reply</a> <a>parent</a></div><div class="cmt-kids">{below}</div></div>'

    return page(
        f"<div class='story'>{ARTICLE}</div><div class='cmts'>{''.join(item(said) for said in children(thread, None))}</div>"
    )


def without_names_of_classes(thread: list[Said]) -> str:
    posts = "".join(
        f"<li><p>{escape(said.author)} wrote on {said.shown}:</p>{said.html()}</li>" for said in thread
    )
    return page(
        f"<h1>Letters</h1><p>{'What readers say of the ferry, shortened where needed. ' * 3}</p><ul>{posts}</ul>"
    )


_GONE = [
    *ENGLISH[:4],
    Said(5, 4, "[deleted]", ENGLISH[4].shown, ENGLISH[4].stamp, ("[deleted]",)),
    *ENGLISH[5:],
]
_FLAT = [
    Said(
        s.number,
        s.parent and _top(ENGLISH, s),
        s.author,
        s.shown,
        s.stamp,
        tuple(p.removeprefix("> ") for p in s.paragraphs),
    )
    for s in ENGLISH
]
_FACE = [
    Said(
        s.number,
        s.parent and _top(ENGLISH, s),
        s.author,
        s.shown,
        s.stamp,
        tuple(p.removeprefix("> ") for p in s.paragraphs),
    )
    for s in ENGLISH
]
_BLOG = [
    Said(s.number, s.parent and _top(SPANISH, s), s.author, s.shown, s.stamp, s.paragraphs) for s in SPANISH
]

SECOND = {
    "xenforo": (xenforo, ENGLISH, False),
    "vbulletin-tables": (vbulletin_tables, ENGLISH, False),
    "discourse-crawler": (discourse_crawler, ENGLISH, False),
    "youtube": (youtube, _FLAT, True),
    "coral": (coral, ENGLISH, True),
    "openweb": (openweb, ENGLISH, True),
    "blogger": (blogger, _BLOG, True),
    "drupal": (drupal, GERMAN, True),
    "bold-names": (bold_names, ENGLISH, False),
    "unclassed-rows": (unclassed_rows, GERMAN, False),
    "two-lists": (two_lists, ENGLISH, False),
    "labelled-articles": (labelled_articles, _FACE, True),
    "numbered-board": (numbered_board, JAPANESE, True),
    "hashed-nested": (hashed_nested, FRENCH, True),
    "arabic-list": (arabic_list, ARABIC, True),
    "deleted-posts": (deleted_posts, _GONE, True),
    "letters": (without_names_of_classes, ENGLISH, False),
}
