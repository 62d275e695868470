import pytest

from discourse.errors import UnreadableSourceError
from tests.ingest.exports.made import links, problems, read

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="77"><title>Harbour</title><link>https://example.org/h</link></thread>
<post dsq:id="1"><message><![CDATA[<p>Two &amp; two</p><p>is <b>four</b></p>]]></message>
 <createdAt>2014-03-02T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
 <ipAddress>192.0.2.7</ipAddress>
 <author><name>Ama</name><email>ama@example.org</email>
 <isAnonymous>false</isAnonymous><username>ama1</username></author>
 <thread dsq:id="77"/></post>
<post dsq:id="2"><message><![CDATA[buy now]]></message><isDeleted>false</isDeleted><isSpam>true</isSpam>
 <author><name>Bot</name></author><thread dsq:id="77"/></post>
<post dsq:id="3"><message><![CDATA[<p>no</p>]]></message><createdAt>2014-03-02T11:00:00Z</createdAt>
 <isDeleted>true</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="77"/>
 <parent dsq:id="1"/></post>
</disqus>"""

WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Blog</title><item><title>Locks</title><wp:post_id>12</wp:post_id>
<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Ama]]></wp:comment_author>
 <wp:comment_author_email>ama@example.org</wp:comment_author_email>
 <wp:comment_author_IP>192.0.2.9</wp:comment_author_IP>
 <wp:comment_date>2012-01-01 13:00:00</wp:comment_date>
 <wp:comment_date_gmt>2012-01-01 12:00:00</wp:comment_date_gmt>
 <wp:comment_content><![CDATA[One line
and <em>another</em>]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
 <wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>6</wp:comment_id><wp:comment_author>Bo</wp:comment_author>
 <wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt>
 <wp:comment_date>2012-01-01 14:00:00</wp:comment_date>
 <wp:comment_content>Yes.</wp:comment_content><wp:comment_approved>0</wp:comment_approved>
 <wp:comment_parent>5</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>x</wp:comment_content>
 <wp:comment_approved>spam</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_content>x</wp:comment_content>
 <wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type></wp:comment>
</item></channel></rss>"""


def put(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("namespace", ["http://disqus.com", "https://disqus.com"])
def test_disqus(tmp_path, namespace):
    rows, export = read(put(tmp_path / "d.xml", DISQUS.replace("http://disqus.com", namespace)))
    assert export.format == "disqus"
    assert links(rows) == {"1": None, "3": "1"}
    assert rows[0]["text"] == "Two & two\n\nis four"
    assert (rows[0]["author"], rows[0]["thread_id"]) == ("Ama", "77")
    assert rows[0]["timestamp"] == "2014-03-02T10:00:00Z"
    assert export.counts["deleted"] == 1
    assert "1 posts marked as spam" in problems(export)
    assert "example.org" not in str(rows)
    assert "192.0.2" not in str(rows)


def test_wordpress(tmp_path):
    rows, export = read(put(tmp_path / "w.xml", WXR))
    assert export.format == "wordpress"
    assert links(rows) == {"5": None, "6": "5"}
    assert rows[0]["text"] == "One line\nand another"
    assert [row["timestamp"] for row in rows] == ["2012-01-01T12:00:00Z", "2012-01-01T14:00:00Z"]
    assert [row["meta"] for row in rows] == [None, '{"comment_approved":"0"}']
    assert {row["thread_id"] for row in rows} == {"12"}
    assert "example.org" not in str(rows)
    assert "192.0.2" not in str(rows)
    assert sum(export.counts.get(kind, 0) for kind in export.counts if "spam" in kind or "ping" in kind) == 2


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/hostname">'],
    ids=["laughs", "external"],
)
def test_entities_are_refused(tmp_path, entity):
    text = DISQUS.replace("<disqus", f"<!DOCTYPE disqus [{entity}]><disqus", 1).replace("is <b>", "&a; <b>")
    with pytest.raises(UnreadableSourceError, match="entities"):
        read(put(tmp_path / "d.xml", text))


def test_posts_before_the_damage_are_kept(tmp_path):
    rows, export = read(put(tmp_path / "d.xml", DISQUS[: DISQUS.index('<post dsq:id="3"')]))
    assert [row["post_id"] for row in rows] == ["1"]
    assert "it ends too soon" in problems(export)


def test_control_characters_do_not_stop_the_reading(tmp_path):
    rows, _ = read(put(tmp_path / "d.xml", DISQUS.replace("is <b>", "is\x0b <b>")))
    assert len(rows) == 2


def test_what_is_no_export_is_left_to_the_page_readers(tmp_path):
    with pytest.raises(UnreadableSourceError, match="no export"):
        read(put(tmp_path / "feed.xml", "<?xml version='1.0'?><feed><entry>hello</entry></feed>"))
