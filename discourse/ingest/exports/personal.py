"""Fields that say who a person is beyond the name shown, and are dropped: e-mail, IP address, password."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NAMED = frozenset(
    "email emails mail mails ip ips ipaddr ipaddress ipv4 ipv6 password passwords passwd pwd passphrase "
    "passhash userip ipnumber remoteaddr correo courriel epost mailto iphash gravatar phone telefon".split()
)
_WITHIN = (
    *("email", "ipaddress", "ipadresse", "mailadresse", "remoteaddr", "forwardedfor", "phonenumber"),
    *("password", "passwd", "postaelettronica", "correoelectr"),
)
_ABROAD = re.compile(  # written without the letters of the above
    r"почт[аы]|邮箱|郵箱|邮件|郵件|メール|이메일|البريد"
    r"|(?<![a-z])ip ?(?:地址|位址|アドレス|주소|адрес)|(?<!\w)e-?posta?(?!\w)"
)
_MAIL = re.compile(r"(?:mailto:)?[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\s@<>.\d]{2,24}")
_IPV4 = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2})?")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]{2,45}")
LONGEST = 254  # characters of an address


@lru_cache(maxsize=4096)
def is_personal_name(name: str) -> bool:
    """Say whether a field's name announces an e-mail or IP address or a password."""
    words = [word.lower() for word in _WORDS.findall(name[:200])]
    joined = "".join(words)
    if not _NAMED.isdisjoint(words) or joined in _NAMED or any(part in joined for part in _WITHIN):
        return True
    return _ABROAD.search(name[:200].lower()) is not None


def is_personal_value(value: object) -> bool:
    """Say whether a value is, as a whole, an e-mail or IP address."""
    if not isinstance(value, str) or not 3 <= len(value) <= LONGEST:
        return False
    text = value.strip()
    if "@" in text:
        return _MAIL.fullmatch(text) is not None
    if text.count(".") == 3 and _IPV4.fullmatch(text):
        return True
    return text.count(":") >= 2 and _is_ipv6(text)


def holds_personal(values: Iterable[Any]) -> bool:
    """Say whether most of a column's values are e-mail or IP addresses; an empty column holds none."""
    present = [value for value in values if value not in (None, "")]
    return 2 * sum(map(is_personal_value, present)) > len(present)


def _is_ipv6(text: str) -> bool:
    # times ("12:30:45") have two colons as well, and only digits
    groups = text.split(":")
    enough = len(groups) == 8 or "::" in text
    return (
        enough
        and _IPV6.fullmatch(text) is not None
        and all(len(group) <= 4 or "." in group for group in groups)
    )
