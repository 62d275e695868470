"""Telling languages apart: by a post's own words where they are enough, else by its thread."""

import random
import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import language
from discourse.text.language import language_of, languages_of
from discourse.text.near_languages import by_letters

SENTENCES = {
    "ar": "لا أظن أن البلدية ستفتح الطريق قبل نهاية الشهر",
    "bg": "Не разбирам защо мостът отново е затворен и никой нищо не казва",
    "cs": "Nechápu, proč se o tom ještě někdo hádá, když jsme to řešili už včera",
    "da": "Jeg ved ikke, hvad de har tænkt sig, men der er ikke sket noget endnu",
    "de": "Die Brücke war eine ganze Woche gesperrt, und niemand hat uns gefragt",
    "el": "Δεν καταλαβαίνω γιατί έκλεισαν πάλι τη γέφυρα",
    "en": "The bridge was shut for a week and nobody had bothered to ask us",
    "es": "No entiendo por qué siguen discutiendo si el puente lleva cerrado una semana",
    "et": "Ma ei saa aru, miks sild jälle kinni on ja keegi midagi ei ütle",
    "fi": "En ymmärrä miksi silta on taas kiinni eikä kukaan kerro mitään",
    "fr": "Je ne vois pas pourquoi le pont resterait fermé encore toute la semaine",
    "gl": "Non entendo por que a ponte segue pechada e ninguén nos di nada, xa chega",
    "he": "אני לא מבין למה הגשר סגור כבר שבוע ואף אחד לא אומר כלום",
    "hi": "मुझे समझ नहीं आता कि पुल एक हफ़्ते से बंद क्यों है और कोई कुछ कहता क्यों नहीं",
    "hr": "Ne znam tko je to odlučio, ali most je zatvoren već cijeli tjedan i nitko ništa ne zna",
    "hu": "Nem értem, miért van megint lezárva a híd, és senki nem mond semmit",
    "id": "Saya tidak tahu kenapa jembatan itu ditutup, karena kemarin masih bisa lewat",
    "it": "Non capisco perché il ponte sia chiuso da una settimana senza che nessuno lo dica",
    "ja": "橋がまた閉まっているのに、誰も理由を教えてくれない",
    "ko": "다리가 또 막혔는데 아무도 이유를 말해 주지 않네요",
    "ms": "Saya tidak faham kenapa jambatan itu ditutup, kerana semalam masih boleh lalu dengan kereta",
    "nl": "Ik snap niet waarom de brug alweer een week dicht is en niemand iets zegt",
    "no": "Jeg skjønner ikke hva de tenker på, for det har ikke skjedd noe ennå og nå er brua stengt",
    "pl": "Nie rozumiem, dlaczego most jest znowu zamknięty i nikt nic nie mówi",
    "pt": "Não percebo por que a ponte está fechada há uma semana e ninguém diz nada",
    "ro": "Nu înțeleg de ce podul este închis de o săptămână și nimeni nu spune nimic",
    "ru": "Не понимаю, почему мост опять закрыт и никто ничего не говорит",
    "sk": "Nechápem, prečo je most zase zatvorený a nikto nám nič nepovedal, veď to nie je možné",
    "sl": "Ne razumem, zakaj je most spet zaprt in nihče nam nič ne pove, saj to ni več normalno",
    "sr": "Ne znam ko je to odlučio, ali most je zatvoren već celu nedelju, a gde su bili ranije",
    "sv": "Jag förstår inte varför bron är stängd igen och ingen säger något",
    "th": "ไม่เข้าใจว่าทำไมสะพานถึงปิดอีกแล้ว",
    "tr": "Köprünün neden yine kapalı olduğunu anlamıyorum, kimse de bir şey söylemiyor",
    "uk": "Не розумію, чому міст знову зачинено і ніхто нічого не каже",
    "vi": "Tôi không hiểu vì sao cây cầu lại đóng cửa mà không ai nói gì",
    "zh": "我不明白为什么桥又关了，也没有人告诉我们原因",
}
ENGLISH = [
    "The bridge was shut for a week and nobody had bothered to ask us.",
    "That is not what they said at the meeting, though.",
    "It was open on Friday, I drove over it myself with the children.",
    "They should have told the people who live there before they closed it.",
]
WORDS = [*(SENTENCES[code].split() for code in SENTENCES), *(line.split() for line in 3 * ENGLISH)]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_told_by_itself(code):
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_in_another_language_is_told_within_an_english_thread(code):
    assert languages_of([*ENGLISH, SENTENCES[code]])[-1] == code


@pytest.mark.parametrize("code", sorted(set(SENTENCES) - {"en"}))
def test_a_short_post_takes_the_language_of_its_thread(code):
    assert languages_of([SENTENCES[code], "Ha!", "12", "https://example.org/x"]) == [code] * 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nope.",
        "lol",
        "Ja genau!",
        "Ok, no.",
        "Da",
        "Ann Smith",
        "@everybody_here",
        "hahahahahahahaha",
        "xkcd qwz brrr plk mnt vrr tss hmm pff",
        "1999",
        "😂😂",
        "https://example.org/a-b",
    ],
)
def test_so_little_text_tells_nothing_by_itself(text):
    assert language_of(text) is None
    assert languages_of([text]) == [None]
    assert languages_of([*ENGLISH, text])[-1] == "en"


def test_a_thread_of_short_posts_is_told_by_all_of_them_together():
    posts = ["Ach so", "Keine Ahnung", "Wer sagt das", "Ich nicht", "Warum auch", "Na ja"]
    assert languages_of(posts) == ["de"] * 6


def test_a_thread_in_two_languages_lends_neither_to_its_short_posts():
    posts = [ENGLISH[0], SENTENCES["de"], ENGLISH[1], SENTENCES["fr"], "Nope."]
    assert languages_of(posts) == ["en", "de", "en", "fr", None]


@pytest.mark.parametrize(
    "slang",
    [
        "Im not gonna fall for your tricks lmao",
        "What's up, im Max, im 19",
        "dont be such a drama queen",
        "OMG SO HAPPY FOR YOU",
        "good luck, hella nervous",
        "my actual worst nightmare",
    ],
)
def test_an_english_thread_keeps_its_short_posts_whatever_they_look_like(slang):
    assert languages_of([*ENGLISH, slang])[-1] == "en"


def test_a_word_in_another_script_is_not_in_the_language_of_the_thread():
    assert languages_of([*ENGLISH, "Да"])[-1] is None
    assert languages_of([SENTENCES["ru"], "Да", "lol"]) == ["ru"] * 3


def test_words_that_a_post_quotes_do_not_count():
    answer = "Das stimmt doch gar nicht, am Freitag war sie schon offen"
    signed = f"> {ENGLISH[0]}\n> {ENGLISH[3]}\n{answer}"
    assert languages_of([*ENGLISH, signed])[-1] == "de"
    assert languages_of([*ENGLISH, f"{ENGLISH[0]}\n{ENGLISH[3]}\n{answer}"])[-1] == "de"


def test_a_link_or_code_does_not_count():
    answer = "Das stimmt nicht, schau nach:"
    assert language_of(f"{answer} https://example.org/what-they-said-about-this-and-that") == "de"
    assert language_of(f"{answer} `if they.have_it and not the_other: return this`") == "de"


def test_names_in_another_script_do_not_count():
    assert language_of("これはGoogle ChromeとMicrosoft Edgeのバグです") == "ja"
    assert language_of("Мой Windows Update опять не работает после перезагрузки") == "ru"


@pytest.mark.parametrize(
    ("thread", "short"),
    [
        ("no", "Det er ikke sant, og det vet du"),
        ("da", "Det er ikke sandt, og det ved du"),
        ("cs", "To není pravda, a ty to víš"),
        ("sk", "To nie je pravda, a ty to vieš"),
        ("pt", "Isso é mentira, e tu sabes"),
        ("hr", "To nije istina, a ti to znaš"),
        ("sr", "To nije istina, a ti to znaš"),
        ("id", "Itu tidak benar"),
        ("ms", "Itu tidak benar"),
    ],
)
def test_near_languages_are_told_by_the_thread_where_a_post_could_be_in_either(thread, short):
    assert languages_of([SENTENCES[thread], short]) == [thread, thread]


def test_letters_tell_slavic_languages_in_cyrillic_apart():
    assert language_of("Не знам ко је то одлучио, али мост је затворен већ целу недељу") == "sr"
    assert language_of("Не знам зошто мостот е затворен, а никој ништо не кажува за тоа, ѓаволе") == "mk"
    assert by_letters({"ru": 0.6, "sr": 0.2, "en": 0.2}, "већ") == pytest.approx(
        {"ru": 0.184615, "sr": 0.615385, "en": 0.2}, abs=1e-5
    )
    assert by_letters({"ru": 0.6, "bg": 0.4}, "да") == {"ru": 0.6, "bg": 0.4}


def test_a_post_that_is_clearly_in_a_near_language_is_told_so():
    assert languages_of([SENTENCES["no"], "Nei, nå må dere gi dere", SENTENCES["sv"]])[-1] == "sv"
    assert languages_of([SENTENCES["cs"], "Vždyť jsem to říkal", SENTENCES["sk"]])[-1] == "sk"


def test_only_codes_of_iso_639_1_are_given():
    swiss = "Da hani gseit, dass mer das nöd cha mache, aber s hät niemert welle lose"
    assert language_of(swiss) in ("de", None)
    told = {language_of(text) for text in SENTENCES.values()}
    assert all(len(code) == 2 for code in told if code)


def test_no_thread_has_no_languages():
    assert languages_of([]) == []
    assert languages_of(["", ""]) == [None, None]


def test_the_same_posts_are_always_told_the_same():
    posts = [*SENTENCES.values(), *ENGLISH, "Nope."]
    assert languages_of(posts) == languages_of(posts)
    shuffled = random.Random(1).sample(posts, len(posts))
    together = dict(zip(posts, languages_of(posts), strict=True))
    assert dict(zip(shuffled, languages_of(shuffled), strict=True)) == together


@given(
    st.lists(
        st.sampled_from(WORDS).flatmap(lambda near: st.lists(st.sampled_from(near), max_size=9)), max_size=8
    )
)
def test_a_first_look_for_english_changes_no_language(thread):
    posts = [" ".join(words) for words in thread]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(language, "_first_look", language.read)
        told = languages_of(posts)
    assert languages_of(posts) == told


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    language._detector.cache_clear()
    assert language_of(SENTENCES["pl"]) == "pl"


def test_a_line_is_told_alike_whoever_loads_the_model():
    for line in (*SENTENCES.values(), "lol", "two\nlines of words", "\0 \u2028 x", ""):
        assert language._detector()(line) == language._with_its_care()(line)
        assert language._detector()(line, 1) == language._detector()(line)[:1]


def test_the_model_is_loaded_where_a_text_needs_it_and_not_before():
    code = (
        "import sys; from discourse.text.language import language_of as tell\n"
        f"assert tell({ENGLISH[3]!r}) == 'en' and tell('lol') is None\n"
        "assert 'fasttext' not in sys.modules\n"
        f"assert tell({SENTENCES['pl']!r}) == 'pl' and 'fasttext' in sys.modules\n"
        "assert 'requests' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
