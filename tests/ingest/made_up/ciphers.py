"""Pages in languages that nobody speaks: letters exchanged, so that no word on a page is known.

A reader that learns from such pages beside others cannot lean on words; it has to see what recurs.
"""

import random
import re
from typing import Any

VOWELS, CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"
CYRILLIC = ("аеиоуы", "бвгджзклмнпрстфхцчшщ")
GREEK = ("αεηιου", "βγδζθκλμνξπρςτφχψϊϋσ")
HANGUL = "가나다라마바사아자차카타파하고노도로모보소오조초코토"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのは"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
WORD = re.compile(r"[^\W\d_]+")


def cipher(seed: int) -> dict[int, str]:
    """A table for `str.translate`: letters to letters of the same or of another script."""
    rng = random.Random(f"cipher {seed}")
    script = rng.choice(("latin", "latin", "latin", "cyrillic", "greek", "hangul", "kana", "arabic"))
    if script in {"latin", "cyrillic", "greek"}:
        vowels, consonants = {"cyrillic": CYRILLIC, "greek": GREEK}.get(script, (VOWELS, CONSONANTS))
        pairs = {
            **dict(zip(VOWELS, rng.sample(vowels, len(VOWELS)), strict=True)),
            **dict(zip(CONSONANTS, rng.sample(consonants, len(CONSONANTS)), strict=True)),
        }
    else:
        letters = {"hangul": HANGUL, "kana": KANA, "arabic": ARABIC}[script]
        pairs = dict(zip(VOWELS + CONSONANTS, rng.sample(letters, 26), strict=True))
    table = {ord(plain): secret for plain, secret in pairs.items()}
    return table | {ord(plain.upper()): secret.upper() for plain, secret in pairs.items()}


def ciphered(text: str, truth: list[dict[str, Any]], seed: int) -> tuple[str, list[dict[str, Any]]]:
    """The page and its truth with all letters a to z exchanged; digits, marks and other scripts stay."""
    table = cipher(seed)
    changed = []
    for post in truth:
        new = dict(post)
        for name in ("author", "addressee", "text"):
            new[name] = post[name].translate(table) if post[name] else post[name]
        new["body"] = [line.translate(table) for line in post["body"]]
        changed.append(new)
    return text.translate(table), changed
