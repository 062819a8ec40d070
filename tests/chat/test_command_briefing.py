"""The hand-over briefing fits a screen, whatever the night has brought, and counts the rest."""

from html import unescape
from html.parser import HTMLParser

from handlers.command.briefing import FIRST, WHOLE, Extent, limit_of, situation
from handlers.command.proposals import asking, everybody
from handlers.telling.happening import Reader
from plans import commands as c
from plans.company import Company
from plans.events import EVENT
from plans.text import Lang
from storage.port import Entry
from tests.plans.engine.storm import FLOOD
from tests.plans.engine.town import Talk, Town, minute, plan_of

LONG_NAME = "<b>&</b>" * 7
STEPS = 40
LIMIT = 4096


def crowded() -> Town:
    """Everybody has a long name that would break a page if it were taken for HTML."""
    town = Town()
    written = town.company.model_dump()
    for person in written["people"].values():
        person["name"] = f"{person['name']}{LONG_NAME}"[:60]
    town.company = Company.model_validate(written)
    return town


def a_night() -> Talk:
    steps = "".join(
        f"""
  step_{n}:
    owner: dispatcher
    do: {{zh: "{"第" * 280}{n}", en: "{"x" * 280}{n}"}}
    due: {{after: reported, in: {n + 10} min, acknowledge: 5 min}}"""
        for n in range(STEPS)
    )
    talk = Talk(plan_of(FLOOD.replace("\nsteps:", f"\nsteps:{steps}")), crowded())
    talk.starts("p_lu", deep=3)
    talk.tell(c.DeclareMajor(minute(0), "p_an_ph"))
    for n in range(30):
        talk.notes("p_lu", f"{n} " + "<i>水</i>" * 100)
    talk.passes_to(60)
    return talk


def told(talk: Talk, lang: Lang, extent: Extent = WHOLE) -> str:
    entries = [
        Entry(incident=1, n=n, at=event.at, event=EVENT.dump_python(event, mode="json"))
        for n, event in enumerate(talk.events, start=1)
    ]
    return situation(talk.plan, talk.state, entries, reader(talk, lang), extent)


def reader(talk: Talk, lang: Lang) -> Reader:
    return Reader(talk.town.roster, lang, minute(talk.now))


class Balanced(HTMLParser):
    """Counts what is opened and closed; everything else is text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags.pop() == tag


def late(text: str) -> int:
    """How many late steps it names."""
    return sum(line.startswith("⏰") and "·" not in line for line in text.splitlines())


def test_it_fits_a_message_and_counts_what_is_left_out() -> None:
    talk = a_night()
    for lang, more in (("zh", "……还有"), ("en", "… and")):
        text = told(talk, "zh" if lang == "zh" else "en")
        assert len(unescape(text)) <= WHOLE.limit + 100
        assert more in text
        assert late(text) > WHOLE.steps / 2
        assert Balanced(text).tags == []


def test_the_first_screen_is_short_whatever_the_night_has_brought() -> None:
    """Whoever was woken reads it on a phone: what, who commands, how many, the most urgent five."""
    talk = a_night()
    for lang, counted in (("zh", f"⏰ 超时 {STEPS + 1}"), ("en", f"⏰ late {STEPS + 1}")):
        text = told(talk, "zh" if lang == "zh" else "en", FIRST)
        assert len(unescape(text)) <= limit_of(FIRST, "zh" if lang == "zh" else "en") + 30
        assert counted in text, text
        assert late(text) == FIRST.steps, text
        assert Balanced(text).tags == []


def test_what_is_late_and_what_nobody_has_stands_before_what_is_in_hand() -> None:
    talk = a_night()
    talk.acknowledges("p_an_ph", "step_0")
    first = told(talk, "zh", FIRST).partition("进行中")[2].splitlines()
    assert not any(line.startswith("🟡 ") and "·" not in line for line in first)
    assert any("🟡 有人在做 1" in line for line in first)


def test_a_short_one_says_all_of_it() -> None:
    talk = Talk(plan_of(FLOOD))
    talk.starts("p_lu", deep=3)
    talk.tell(c.DeclareMajor(minute(0), "p_an_ph"))
    talk.notes("p_lu", "水到膝盖")
    assert told(talk, "zh") == told(talk, "zh", FIRST)
    lines = told(talk, "zh").splitlines()
    assert lines[0].endswith("进水</b> · 东区")
    assert "🎖 指挥长：丁海针；副：傅领航" in lines[1]
    assert "· 多深：3" in lines
    assert lines[-1].endswith("路平安：水到膝盖")


def test_a_chief_is_asked_on_one_screen_with_one_row_for_each() -> None:
    talk = a_night()
    talk.town.sends_away("p_ding", 600).sends_away("p_fu", 600)
    talk.passes()
    for person in ("p_ding", "p_song"):
        message = asking(talk.plan, talk.state, person, reader(talk, "zh"))
        assert len(message.text) < LIMIT
        assert Balanced(message.text).tags == []
    whom = everybody(talk.plan, talk.state, 99, reader(talk, "zh"))
    assert 1 <= len(whom.buttons) <= 9
