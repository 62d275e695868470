"""Which field of an export holds what: by its usual names, in several languages, or as the user says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from discourse.errors import UnreadableSourceError
from discourse.ingest.exports.chunks import Chunk, as_list
from discourse.ingest.exports.personal import holds_personal, is_personal_name

OURS = ("id", "thread", "parent", "author", "time", "text")

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JUDGED = 2_000  # values of which the first that are not empty are looked at
_SAMPLE = 200  # values that a column is judged by
_PROSE = 20.0  # mean length from which a column of words can be the text
_NAME_LENGTH = 200  # an id longer than this is none

USUAL: dict[str, tuple[str, ...]] = {
    "text": tuple(
        """
        text body comment comment_text comment_body text_body body_text message content contents
        comment_content comment_message post_text post_body post_content post_message message_text
        content_text raw_text full_text self_text utterance response reply reply_text tweet tweet_text
        post argument sentence turn_text bodytext commenttext commentbody kommentar kommentartext
        nachricht inhalt beitrag texte commentaire contenu texto comentario mensaje contenido conteudo
        testo commento messaggio contenuto tekst reactie bericht komentarz tresc tekst_komentarza
        innlegg inlagg texten yorum metin текст комментарий сообщение
        本文 コメント 内容 评论 評論 댓글 نص تعليق
        """.split()
    ),
    "author": tuple(
        """
        author author_name user_name username user screen_name user_screen_name speaker speaker_name
        display_name author_display_name name nick nickname handle poster commenter comment_author by
        from_user sender login user_login account member profile_name author_username user_id userid
        author_id authorid speaker_id autor autorin benutzer benutzername nutzer nutzername verfasser
        utilisateur auteur pseudo usuario usuário nombre utente autore gebruiker gebruikersnaam naam
        brukernavn användare anvandare użytkownik uzytkownik kullanıcı kullanici автор пользователь
        ユーザー 投稿者 用户 作者 작성자 المستخدم الكاتب
        """.split()
    ),
    "id": tuple(
        """
        id comment_id post_id message_id tweet_id utterance_id reply_id commentid postid messageid cid
        id_str comment_id_str uid guid uuid item_id kommentar_id beitrags_id beitrag_id nachrichten_id
        id_commentaire id_comentario id_commento reactie_id
        """.split()
    ),
    "parent": tuple(
        """
        parent_id parent parent_comment_id parent_comment parent_post_id parentid parent_id_str
        reply_to reply_to_id in_reply_to in_reply_to_id in_reply_to_comment_id in_reply_to_post_id
        in_reply_to_status_id in_reply_to_tweet_id replyto replytoid reply_to_comment_id
        reply_to_post_id inreplyto responds_to response_to answer_to reply_to_message_id antwort_auf
        eltern_id antwort_an en_reponse_a reponse_a id_parent respuesta_a en_respuesta_a risposta_a
        antwoord_op
        """.split()
    ),
    "thread": tuple(
        """
        thread_id thread conversation_id conversation conv_id discussion_id discussion topic_id
        link_id story_id submission_id article_id threadid conversationid discussionid topicid
        storyid articleid debate_id debate asset_id post_url article_url story_url page_url url link
        article page_id video_id videoid news_id root_id dialogue_id dialog_id artikel_id thema_id
        diskussion_id id_article id_articulo id_articolo
        """.split()
    ),
    "time": tuple(
        """
        created_utc created_at createdat created timestamp time_stamp unix_timestamp date_time datetime
        time date published_at publishedat published posted_at posted post_date posted_on comment_date
        comment_time date_posted date_created created_time creation_date create_time created_date
        timestamp_utc date_utc ts pub_date pubdate datum zeit zeitstempel uhrzeit erstellt erstellt_am
        veröffentlicht fecha hora fecha_hora heure date_heure data_ora tijd tijdstip data_criacao дата
        время 日時 投稿日時 时间 日期 시간 التاريخ
        """.split()
    ),
}
_RANKS = {ours: {name: place for place, name in enumerate(names)} for ours, names in USUAL.items()}
_TEXT_WORDS = frozenset({word for name in USUAL["text"] for word in name.split("_")} | {"comments"})
_TEXT_WORDS -= {"tweet", "post", "full", "raw", "self", "turn"}


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a field's name as its words in lower case with `_` between: "Comment ID", "commentId" alike."""
    return "_".join(word.lower() for word in _WORDS.findall(_HUMPS.sub(" ", name[:200])))


def choose_fields(chunk: Chunk, named: Mapping[str, str], where: str) -> dict[str, str]:
    """Tell which field of some records holds what.

    Parameters
    ----------
    named
        Which of them the user has named: our names (author, text, id, parent, thread, time) to theirs.

    Returns
    -------
    dict
        Our names to theirs; only the text is always there.

    Raises
    ------
    UnreadableSourceError
        Where no field, or more than one alike, can be the text, or the named one is missing.
    """
    found = named_fields(chunk.columns, named, where)
    for ours in ("text", *(name for name in OURS if name != "text")):
        if ours not in found and (theirs := _chosen(ours, chunk, found.values())) is not None:
            found[ours] = theirs
    if "text" not in found:
        found["text"] = _by_look(chunk, found.values(), where)
    return found


def named_fields(names: Iterable[str], named: Mapping[str, str], where: str) -> dict[str, str]:
    """Find the fields that the user has named: exactly, else apart from case, else by number from 1."""
    present = list(names)
    found = {}
    for ours, wanted in named.items():
        if ours not in OURS:
            raise UnreadableSourceError(
                where=where,
                problem=f"there is no column {ours!r} in our tables",
                fix=f"Use {', '.join(OURS)}",
            )
        alike = [name for name in present if plain_name(name) == plain_name(wanted)]
        if wanted in present:
            found[ours] = wanted
        elif len(alike) == 1:
            found[ours] = alike[0]
        elif wanted.isdigit() and 0 < int(wanted) <= len(present):
            found[ours] = present[int(wanted) - 1]
        else:
            raise _no_column(where, f"it has no column {wanted!r}", present, ours)
    return found


def matching(ours: str, names: Iterable[str]) -> list[str]:
    """Return the fields whose name is one usual for a column of ours, the best first."""
    return list(_matching(ours, tuple(names)))


@lru_cache(maxsize=256)  # one record has the names of the next
def _matching(ours: str, names: tuple[str, ...]) -> tuple[str, ...]:
    rank = _RANKS[ours]
    plain = [(rank[shown], name) for name in names if (shown := plain_name(name)) in rank]
    return tuple(name for _, name in sorted(plain, key=lambda pair: pair[0]))


def _chosen(ours: str, chunk: Chunk, taken: Iterable[str]) -> str | None:
    free = [name for name in chunk.columns if name not in set(taken) and not is_personal_name(name)]
    candidates = matching(ours, free)
    if ours == "text":
        candidates += _ending_in_text(free, candidates)
    fitting = [name for name in candidates if fits(ours, _first(chunk.columns[name]))]
    return fitting[0] if fitting else None


def _ending_in_text(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return fields such as `your_comment`; the more of their words say text the better, a tie gives none."""
    counts = {
        name: sum(word in _TEXT_WORDS for word in words)
        for name in names
        if name not in known and (words := plain_name(name).split("_"))[-1] in _TEXT_WORDS
    }
    best = [name for name, count in counts.items() if count == max(counts.values())]
    return best if len(best) == 1 else []


def _first(values: Any) -> list[Any]:
    return as_list(values[:_JUDGED])


def fits(ours: str, values: Sequence[Any]) -> bool:
    """Say whether a column's first values can be what its name says; one without values can be anything."""
    present = [value for value in values if value not in (None, "")][:_SAMPLE]
    if not present:
        return ours != "text"
    if ours == "text":
        return sum(isinstance(value, str) for value in present) * 2 > len(present) and _are_no_labels(present)
    if ours == "author":
        return not holds_personal(present) and sum(map(_is_name, present)) * 2 > len(present)
    if ours in ("id", "parent", "thread"):
        return sum(map(_is_id, present)) * 10 >= len(present) * 9
    return True


def _are_no_labels(values: Sequence[Any]) -> bool:
    # a column "response" may hold yes and no
    return len(values) < 20 or len({str(value) for value in values}) > len(values) // 10


def _is_name(value: object) -> bool:
    return isinstance(value, dict | int | float) or (isinstance(value, str) and len(value) <= _NAME_LENGTH)


def _is_id(value: object) -> bool:
    # the text of the post answered may stand under the name "parent"
    if isinstance(value, str):
        return len(value) <= _NAME_LENGTH and len(value.split()) == 1
    if isinstance(value, dict):  # as databases write ids
        return "$oid" in value or "id" in value
    return isinstance(value, int | float) and not isinstance(value, bool)


def _by_look(chunk: Chunk, taken: Iterable[str], where: str) -> str:
    """Return the only column that reads like prose."""
    names = [name for name in chunk.columns if name not in set(taken)]
    prose = [name for name in names if _reads_like_prose(_first(chunk.columns[name]))]
    # a name alone decides where no column reads like prose: texts may be missing or all alike
    prose = prose or matching("text", names)[:1]
    if len(prose) == 1:
        return prose[0]
    if prose:
        listed = " or ".join(map(repr, prose[:5]))
        raise _no_column(where, f"its text may be {listed}", list(chunk.columns), "text")
    raise _no_column(where, "no column of it can be told to hold texts", list(chunk.columns), "text")


def _reads_like_prose(values: Sequence[Any]) -> bool:
    present = [value for value in values[:_SAMPLE] if value not in (None, "")]
    texts = [value for value in present if isinstance(value, str)]
    if not texts or 2 * len(texts) < len(present) or not _are_no_labels(texts):
        return False
    spaced = sum(" " in text.strip() or not text.isascii() for text in texts)
    return sum(map(len, texts)) / len(texts) >= _PROSE and 2 * spaced > len(texts)


def _no_column(where: str, problem: str, names: Sequence[str], ours: str) -> UnreadableSourceError:
    listed = ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
    return UnreadableSourceError(
        where=where,
        problem=f"{problem}; its columns are: {listed}",
        fix=f"Name it with --columns {ours}=NAME",
    )
