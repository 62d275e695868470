"""One function for each layout: how a platform's page copies as text."""

from tests.ingest.pasted.platforms.sheets import Sheet, Style, fill, parts
from tests.ingest.pasted.platforms.talks import Said, Talk


def _answered(talk: Talk, said: Said, style: Style) -> str | None:
    return None if said.answers is None else style.name(talk.posts[said.answers].author)


def _head(sheet: Sheet, talk: Talk, *menu: str) -> None:
    sheet.put(talk.title, "", *talk.teaser, "", *menu)


def disqus(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        f"{len(posts)} {style.word('comments')}",
        "♥ Recommend 7",
        "Tweet",
        f"Sort by {style.word('best')}",
        style.word("join"),
    )
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        if said.deleted:
            author = "Guest"
        if said.answers is not None and talk.posts[said.answers].deleted:
            other = "Guest"
        edited = f" • {style.word('edited')}" if number % 5 == 3 else ""
        badge = " Mod" if number == 4 else ""
        shown = f"{author}{badge}  {other}" if other else author + badge
        sheet.put("Avatar") if number % 7 == 6 else None
        sheet.open(
            number, author, f"{shown} • {style.time(number)}{edited}", addressee=other, answers=said.answers
        )
        fill(sheet, said) if not said.deleted else sheet.say(style.word("deleted"))
        votes = "" if number % 4 == 2 else f"{number * 3} "
        sheet.put("see more") if number == 13 else None
        sheet.put(f"{votes}• {style.word('reply')} • {style.word('share')} ›")
    sheet.close()
    sheet.put(style.word("more"), "✉ Subscribe", "Add Disqus to your site", "Do Not Sell My Data")
    return sheet


def disqus_lines(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        f"{len(posts)} Comments",
        "Login",
        style.word("join"),
        "Log in with",
        "or sign up with Disqus",
        f"{style.word('best')}",
    )
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        between = [other] if other else []
        edited = f" • {style.word('edited')}" if number % 5 == 3 else ""
        sheet.open(
            number,
            author,
            author,
            *between,
            style.time(number) + edited,
            addressee=other,
            answers=said.answers,
        )
        fill(sheet, said) if not said.deleted else sheet.say(style.word("deleted"))
        sheet.put(str(number), str(number % 3), style.word("reply"), f"{style.word('share')} ›")
    sheet.close()
    sheet.put(style.word("more"), "Subscribe", "Do Not Sell My Data")
    return sheet


def _wordpress(talk: Talk, style: Style, form: str) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(sheet, talk, style.word("count").format(len(posts)))
    for number, said in posts:
        author, time, says = style.name(said.author), style.time(number), style.word("says")
        header = {
            "says": [f"{author} {says}:", time],
            "says on": [f"{author} {says} {time}:"],
            "on": [f"{author} {style.word('on')} {time}"],
            "date": [author, time],
            "mark": [f"{author} · {time}"],
        }[form]
        if number == 3 and form == "says":
            header[-1] += f" ({style.word('edit')})"
        sheet.open(number, author, *header)
        if said.deleted:
            sheet.say(style.word("deleted"))
        else:
            sheet.put("") if form != "date" else None
            fill(sheet, said, blank=form == "says")
        sheet.put("") if form != "date" else None
        sheet.put(style.word("reply")) if number % 6 != 5 or form == "date" else None
    sheet.close()
    sheet.put(style.word("form"), "", style.word("mail"), "*", "Name", "Website", style.word("send"))
    return sheet


def wordpress_says(talk: Talk, style: Style) -> Sheet:
    return _wordpress(talk, style, "says")


def wordpress_says_on(talk: Talk, style: Style) -> Sheet:
    return _wordpress(talk, style, "says on")


def wordpress_on(talk: Talk, style: Style) -> Sheet:
    return _wordpress(talk, style, "on")


def wordpress_date(talk: Talk, style: Style) -> Sheet:
    return _wordpress(talk, style, "date")


def wordpress_mark(talk: Talk, style: Style) -> Sheet:
    return _wordpress(talk, style, "mark")


def reddit_old(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put(
        "jump to content",
        "my subreddits",
        "edit subscriptions",
        f"{talk.title} (self.harbourtown)",
        "submitted 6 hours ago by quayside",
        *talk.teaser,
    )
    sheet.put(
        f"{len(posts)} commentssharesavehidereport",
        f"all {len(posts)} comments",
        "sorted by: best",
        "Want to add to the discussion?",
        "Post a comment!",
        "Create an account",
    )
    for number, said in posts:
        author = style.name(said.author)
        points = f"{number * 4 - 2} points" if number != 3 else "1 point"
        points = "[score hidden]" if number == 5 else points
        mark = "[S]" if author == style.name(talk.posts[0].author) else ""
        flair = " Ferry Regular" if number in (2, 4) else ""
        children = sum(other.answers == number for _, other in posts)
        tail = (
            f"* (last edited 2 hours ago) ({children} children)"
            if number == 7
            else f" ({children} {'child' if children == 1 else 'children'})"
        )
        author = "[deleted]" if said.deleted else author
        sheet.open(
            number,
            author,
            f"[–]{author}{mark if not said.deleted else ''}{flair} {points} {style.time(number)}{tail}",
        )
        fill(sheet, said, mark="", blank=True) if not said.deleted else sheet.say("[removed]")
        above = "parent" if said.answers is not None else ""
        sheet.put("permalinkembedsave" + above + ("reportreply" if not said.deleted else ""))
        sheet.put("load more comments (3 replies)") if number == 9 else None
        sheet.put("continue this thread") if number == 12 else None
    sheet.close()
    sheet.put(
        "about",
        "blog",
        "about",
        "advertising",
        "help",
        "site rules",
        "Use of this site constitutes acceptance of our User Agreement and Privacy Policy.",
    )
    return sheet


def reddit(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put(
        "Skip to main content",
        "r/harbourtown",
        "•",
        "6h ago",
        "quayside",
        talk.title,
        *talk.teaser,
        "Upvote",
        "212",
        "Downvote",
        str(len(posts)),
        "Go to comments",
        "Share",
    )
    sheet.put(
        "Add a comment", "Sort by:", "Best", "Search Comments", "Expand comment search", "Comments Section"
    )
    for number, said in posts:
        author = "[deleted]" if said.deleted else style.name(said.author)
        badge = (
            ["Profile Badge for the Achievement Top 1% Commenter Top 1% Commenter"] if number % 6 == 2 else []
        )
        edited = ["•", f"{style.word('edited')} {style.time(number + 1)}"] if number % 7 == 4 else []
        op = ["OP"] if number and said.author == talk.posts[0].author else []
        sheet.open(
            number, author, f"u/{author} avatar", author, *op, "•", style.time(number), *edited, *badge
        )
        fill(sheet, said, mark="", blank=True) if not said.deleted else sheet.say("Comment deleted by user")
        sheet.put(
            "",
            "Upvote",
            str(number * 5),
            "Downvote",
            style.word("reply"),
            "",
            style.word("award"),
            "",
            style.word("share"),
            "",
        )
        sheet.put("2 more replies") if number == 9 else None
    sheet.close()
    sheet.put(
        "View more comments",
        "Community Info Section",
        "r/harbourtown",
        "Join",
        "Reddit Rules",
        "Privacy Policy",
    )
    return sheet


def hacker_news(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put(
        "Hacker News new | past | comments | ask | show | jobs | submit\tlogin",
        f"{talk.title} (example.org)",
        f"182 points by quayside 9 hours ago | hide | past | favorite | {len(posts)} comments",
        "add comment",
    )
    for number, said in posts:
        if said.deleted:
            sheet.close()
            sheet.put(f"{style.time(number)} | parent | prev | next [–]", "", "[deleted]")
            continue
        author = style.name(said.author)
        links = "root | parent | next" if number % 3 else "prev | next"
        links = f"parent | {links}" if said.answers is not None and number % 2 else links
        sheet.put("") if number % 2 else None
        sheet.open(number, author, f"{author} {style.time(number)} | {links} [–]", "")
        fill(sheet, said, blank=True)
        sheet.put("", "reply", "")
    sheet.close()
    sheet.put("Guidelines | FAQ | Lists | API | Security | Legal | Apply to YC | Contact", "Search:")
    return sheet


def phpbb(talk: Talk, style: Style) -> Sheet:
    """The member box stands before the text, as it does since 3.1."""
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put("Skip to content", "Board index", style.word("search"), style.word("count").format(len(posts)))
    for number, said in posts:
        author = style.name(said.author)
        title = talk.title if not number else f"Re: {talk.title}"
        box = [
            author,
            *(["Harbour master"] if number % 4 == 1 else []),
            f"{style.word('posts')}: {number * 37}",
            f"{style.word('joined')}: Mon May 11, 2009 8:14 pm",
        ]
        box += ["Location: The quay"] if number % 3 == 0 else []
        sheet.open(
            number,
            author,
            *box,
            "",
            style.word("quote"),
            title,
            f"{style.word('by')} {author} » {style.time(number)}",
            "",
        )
        _quoting(sheet, talk, said, style, "{} {}: ↑{}")
        sheet.put(
            f"Last edited by {author} on {style.time(number)}, edited 1 time in total."
        ) if number == 6 else None
        sheet.put(style.word("top"), "")
    sheet.close()
    sheet.put(
        style.word("answer"),
        "Print view",
        style.word("count").format(len(posts)),
        "Return to “Harbour matters”",
        "Jump to",
        "Who is online",
        "Powered by phpBB® Forum Software",
    )
    return sheet


def phpbb_old(talk: Talk, style: Style) -> Sheet:
    """The member box stands below the text, and signatures are ruled off."""
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put("Board index", style.word("search"), style.word("count").format(len(posts)))
    for number, said in posts:
        author = style.name(said.author)
        title = talk.title if not number else f"Re: {talk.title}"
        sheet.open(
            number, author, title, f"#{number + 1} {style.word('by')} {author} » {style.time(number)}", ""
        )
        _quoting(sheet, talk, said, style, "{} {}: ↑{}")
        sheet.put("", "_________________", "Mind the step.") if number % 4 == 0 else None
        sheet.put(
            "",
            author,
            f"{style.word('posts')}: {number * 37}",
            f"{style.word('joined')}: Mon May 11, 2009 8:14 pm",
            style.word("top"),
            "",
        )
    sheet.close()
    sheet.put(style.word("answer"), "Jump to", "Who is online")
    return sheet


def _quoting(sheet: Sheet, talk: Talk, said: Said, style: Style, form: str) -> None:
    if said.deleted:
        sheet.say(style.word("deleted"))
        return
    quoted, own = parts(said)
    if quoted and said.answers is not None:
        whom = style.name(talk.posts[said.answers].author)
        sheet.quote(said.answers, form.format(whom, style.word("wrote"), style.time(said.answers)), *quoted)
    sheet.say(own)


def vbulletin(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put("Harbour Forums > Ferries", talk.title, "Thread Tools", "Display Modes", "Page 1 of 3")
    for number, said in posts:
        author = style.name(said.author)
        sheet.open(
            number,
            author,
            f"{style.word('old')} {style.time(number)}   #{number + 1}",
            author,
            f"{author} is offline",
            style.word("rank"),
            f"{style.word('joined')}: Jul 2009",
            *(["Location: Oslo"] if number % 3 else []),
            f"{style.word('posts')}: 1,{number:03}",
            f"Default Re: {talk.title}",
        )
        quoted, own = parts(said) if not said.deleted else ([], style.word("deleted"))
        if quoted and said.answers is not None:
            sheet.quote(
                said.answers,
                "Quote:",
                f"Originally Posted by {style.name(talk.posts[said.answers].author)} View Post",
                *quoted,
            )
        sheet.say(own)
        sheet.put("__________________", "Tide tables are a matter of opinion.") if number % 5 == 0 else None
        sheet.put(style.word("quote"))
    sheet.close()
    sheet.put(
        "« Previous Thread | Next Thread »",
        "Posting Permissions",
        "You may not post new threads",
        "Similar Threads",
        "Powered by vBulletin®",
    )
    return sheet


def vbulletin_4(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put("Harbour Forums", f"Thread: {talk.title}", "Thread Tools", "Search this Thread")
    for number, said in posts:
        author = style.name(said.author)
        place = ["Location", "The Hard"] if number % 2 else []
        sheet.open(
            number,
            author,
            style.time(number),
            f"#{number + 1}",
            author,
            f"{author} is online",
            style.word("rank"),
            style.word("joined"),
            "Jul 2009",
            *place,
            style.word("posts"),
            f"{number * 9}",
        )
        quoted, own = parts(said) if not said.deleted else ([], style.word("deleted"))
        if quoted and said.answers is not None:
            sheet.quote(
                said.answers,
                f"Quote Originally Posted by {style.name(talk.posts[said.answers].author)} View Post",
                *quoted,
            )
        sheet.say(own)
        sheet.put(f"{style.word('quote')} {style.word('quote')}")
    sheet.close()
    sheet.put(
        "+ Reply to Thread",
        "Quick Navigation Ferries Top",
        "Similar Threads",
        "Powered by vBulletin® Version 4.2.2",
    )
    return sheet


def discourse_live(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put(talk.title, "General", "ferries", "Sign Up", "Log In")
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        full = [f"{said.author} Quayle"] if number % 4 == 1 else []
        arrow = [f"↪ {other}"] if other else []
        sheet.open(
            number,
            author,
            author,
            *full,
            *arrow,
            style.time(number),
            "",
            addressee=other,
            answers=said.answers,
        )
        fill(sheet, said, mark="", blank=True) if not said.deleted else sheet.say(style.word("deleted"))
        sheet.put("")
        replies = sum(reply.answers == number for _, reply in posts)
        sheet.put(f"{replies} {style.word('one' if replies == 1 else 'many')}") if replies else None
        sheet.put(f"{number} {style.word('likes')}") if number > 1 else None
        sheet.put(style.word("reply"))
    sheet.close()
    sheet.put(
        "Suggested Topics",
        "Topic Replies Views Activity",
        "Lost oars",
        "12",
        "340",
        "Aug '21",
        "Powered by Discourse, best viewed with JavaScript enabled",
    )
    return sheet


def discourse_printed(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    sheet.put(talk.title, "General")
    for number, said in style.posts(talk):
        author = style.name(said.author)
        sheet.open(number, author, f"{author} {style.time(number)} {number + 1}", "")
        fill(sheet, said, mark="", blank=True) if not said.deleted else sheet.say(style.word("deleted"))
        sheet.put("", f"{number} {style.word('likes')}") if number % 3 == 1 else sheet.put("")
    sheet.close()
    sheet.put(
        "Related topics",
        "Topic Replies Views Activity",
        "Home Categories Guidelines Terms of Service Privacy Policy",
        "Powered by Discourse, best viewed with JavaScript enabled",
    )
    return sheet


def youtube(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    sheet.put(
        talk.title,
        "12,345 views",
        "Harbour TV",
        *talk.teaser,
        style.word("count").format(len(posts)),
        style.word("sort"),
        style.word("add"),
    )
    for number, said in posts:
        author = style.name(said.author)
        edited = f" ({style.word('edited')})" if number % 5 == 2 else ""
        pinned = ["Pinned by Harbour TV"] if number == 0 else []
        sheet.open(number, author, *pinned, author, style.time(number) + edited)
        mention = f"{_answered(talk, said, style)} " if said.answers is not None and number % 2 else ""
        quoted, own = parts(said) if not said.deleted else ([], style.word("deleted"))
        sheet.quote(said.answers, *quoted)
        sheet.say(mention + own)
        sheet.put("Read more") if number == 13 else None
        sheet.put(str(number * 11)) if number % 3 else None
        sheet.put(style.word("reply"))
        replies = sum(reply.answers == number for _, reply in posts)
        sheet.put(f"{replies} {style.word('one' if replies == 1 else 'many')}") if replies else None
    sheet.close()
    sheet.put("Up next", "The quay at dawn", "Harbour TV", "3.4K views", "2 days ago")
    return sheet


def guardian(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        f"comments ({len(posts)})",
        "Sign in or create your Guardian account to join the discussion",
        "Order by newest",
        "Show 25",
        "Threads collapsed",
    )
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        arrow = [f"In reply to {other}"] if other else []
        staff = ["Staff"] if number == 7 else []
        votes = [] if number % 6 == 5 else [f"{number * 2} recommend" if number % 2 else str(number * 2)]
        sheet.open(
            number,
            author,
            author,
            *staff,
            *arrow,
            style.time(number),
            *votes,
            addressee=other,
            answers=said.answers,
        )
        if said.deleted:
            sheet.say("This comment was removed by a moderator because it did not follow the rules.")
            sheet.put("Report")
            continue
        fill(sheet, said, mark="", blank=True)
        sheet.put("Reply", "Share", "Report")
        sheet.put("Show 2 more replies") if number == 9 else None
    sheet.close()
    sheet.put("View more comments", "Most viewed", "More on this story", "Ferry fares up again", "1 Jul 2021")
    return sheet


def new_york_times(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        f"{len(posts)} Comments",
        "The Times needs your voice. We welcome your thoughts.",
        "NYT Picks",
        "Reader Picks",
        "All",
        "Sort by: Newest",
    )
    for number, said in posts:
        author = style.name(said.author)
        place = [("Portland, ME", "Upstate", "Paris")[number % 3]] if number % 5 != 4 else []
        pick = ["Times Pick"] if number == 6 else []
        sheet.open(number, author, author, *place, style.time(number), *pick)
        mention = f"@{_answered(talk, said, style)} " if said.answers is not None else ""
        quoted, own = parts(said) if not said.deleted else ([], style.word("deleted"))
        sheet.quote(said.answers, *(f"> {line}" for line in quoted))
        sheet.say(mention + own)
        sheet.put("Reply", f"{number * 6} Recommend" if number else "Recommend", "Share", "Flag")
        sheet.put("View all 3 replies") if number == 9 else None
    sheet.close()
    sheet.put("Load more comments", "Back to top", "© 2021 The New York Times Company")
    return sheet


def coral(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        "Sign in and join the conversation",
        f"{style.word('all')} {len(posts)}",
        style.word("sort"),
        "Newest",
    )
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        if said.deleted:
            sheet.close()
            sheet.put("This comment has been deleted")
            continue
        gone = said.answers is not None and talk.posts[said.answers].deleted
        badge = ["Staff"] if number == 5 else []
        edited = [f"({style.word('edited')})"] if number % 6 == 4 else []
        arrow = [f"{style.word('to')} {other}"] if other and not gone else []
        answers = None if gone else said.answers
        sheet.open(
            number,
            author,
            author,
            *badge,
            style.time(number),
            *edited,
            *arrow,
            addressee=other if arrow else None,
            answers=answers,
        )
        fill(sheet, said, mark="", blank=True)
        sheet.put(
            f"{style.word('respect')} ({number})" if number % 2 else style.word("respect"),
            style.word("reply"),
            style.word("share"),
            style.word("report"),
        )
        sheet.put("Show more replies") if number == 9 else None
    sheet.close()
    sheet.put("Load More", "More from the Harbour Post", "Ferry fares up again")
    return sheet


def facebook(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = [(number, said) for number, said in style.posts(talk) if not said.deleted]
    sheet.put(
        "Harbour Post",
        "3 July at 12:00",
        "·",
        talk.title,
        *talk.teaser,
        "All reactions:",
        "213",
        style.word("count").format(len(posts)),
        style.word("like"),
        style.word("comment"),
        style.word("share"),
        style.word("sort"),
    )
    for number, said in posts:
        author = style.name(said.author)
        badge = [style.word("fan")] if number % 5 == 1 else []
        sheet.open(number, author, *badge, author) if number == 6 else sheet.open(
            number, author, author, *badge
        )
        mention = f"{_answered(talk, said, style)} " if said.answers is not None and number % 2 else ""
        quoted, own = parts(said)
        sheet.quote(said.answers, *quoted)
        sheet.say(mention + own)
        votes = [str(number)] if number % 3 == 1 else []
        edited = [style.word("edited")] if number % 6 == 3 else []
        if number % 4 == 3:
            sheet.put(
                " · ".join([style.word("like"), style.word("reply"), style.time(number), *edited]), *votes
            )
        elif number % 4 == 2:
            sheet.put(style.time(number), style.word("like"), style.word("reply"), *edited, *votes)
        else:
            sheet.put(style.word("like"), style.word("reply"), style.time(number), *edited, *votes)
        sheet.put(style.word("replied").format(author)) if number == 9 else None
        sheet.put(style.word("view")) if number == 10 else None
    sheet.close()
    sheet.put(style.word("more"), f"{len(posts)} of 400")
    return sheet


def spot_im(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(
        sheet,
        talk,
        "Conversation",
        f"{len(posts)} Comments",
        "Commenting as Guest",
        "Log in",
        "Sign up",
        "Be respectful",
        "Sort by Best",
    )
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        badge = ["Top Commenter"] if number % 5 == 3 else []
        arrow = [f"Reply to {other}"] if other else []
        edited = " (Edited)" if number == 8 else ""
        sheet.open(
            number,
            author,
            author,
            *badge,
            *arrow,
            style.time(number) + edited,
            addressee=other,
            answers=said.answers,
        )
        fill(sheet, said) if not said.deleted else sheet.say("This message was taken down by its author.")
        votes = [str(number * 2), str(number % 4)] if number % 3 else []
        sheet.put("Reply", *(["Share"] if number % 2 else []), *votes)
        sheet.put("Show 1 more reply") if number == 9 else None
    sheet.close()
    sheet.put("Show More Comments", "Powered by OpenWeb", "Terms · Privacy · Feedback")
    return sheet


def japan_today(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(sheet, talk, "© Harbour Press", f"{len(posts)} Comments", "Login to comment")
    for number, said in posts:
        author, other = style.name(said.author), _answered(talk, said, style)
        sheet.open(
            number,
            author,
            author,
            f"{other or ''}{style.time(number)}",
            addressee=other,
            answers=said.answers,
        )
        fill(sheet, said, mark="") if not said.deleted else sheet.say(style.word("deleted"))
        sheet.put(f"{number - 4} ( +{number} / -4 )")
    sheet.close()
    sheet.put(
        "Login to leave a comment",
        "Facebook users",
        "Use your Facebook account to login or register",
        "Articles, Offers & Useful Resources",
    )
    return sheet


def blogger(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(sheet, talk, f"{len(posts)} {style.word('comments')}:")
    for number, said in posts:
        author = style.name(said.author)
        sheet.open(number, author, f"{author}{style.time(number)}", "")
        fill(sheet, said) if not said.deleted else sheet.say(style.word("deleted"))
        sheet.put("", style.word("buttons"))
        sheet.put(style.word("replies"), "") if any(other.answers == number for _, other in posts) else None
    sheet.close()
    sheet.put("Add comment", "Load more...", "Newer Post", "Older Post", "Powered by Blogger.")
    return sheet


def substack(talk: Talk, style: Style) -> Sheet:
    sheet = Sheet()
    posts = style.posts(talk)
    _head(sheet, talk, "Discussion about this post", "Comments", "Restacks", "Write a comment...")
    for number, said in posts:
        author = style.name(said.author)
        liked = ["Liked by Harbour Notes"] if number % 5 == 1 else []
        edited = " · Edited" if number % 6 == 4 else ""
        sheet.open(number, author, author, style.time(number) + edited, *liked)
        fill(sheet, said, blank=True) if not said.deleted else sheet.say("Comment deleted")
        sheet.put("Expand full comment") if number == 13 else None
        sheet.put(f"Like ({number})" if number % 3 else "Like", "Reply", "Share")
        sheet.put("2 replies by Harbour Notes and others") if number == 9 else None
    sheet.close()
    sheet.put(
        "4 more comments...", "TopLatestDiscussions", "No posts", "Ready for more?", "© 2024 Harbour Notes"
    )
    return sheet
