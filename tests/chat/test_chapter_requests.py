"""The chapter on emergency stock, D1 to D5 and D14, as it is lived through in either language: who
is told in which chat, by when, and what stands on record."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import OWN_PLANS
from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.own_plans import folder_of
from tests.chat.requests import form_of
from tests.chat.stock_chapter import ASKER, DEPUTY, HEAD, Chapter
from tests.chat.test_chapter_vehicles import company_in
from tests.chat.town import MORNING, a_town

MARKET, DISTRIBUTION = "east_marketing", "east_distribution"
KEEPER, CLERK, DISPATCHER = "p_cang", "p_dan", "p_an_ph"
PLANS = (
    "emergency-stock",
    "stock-follow-up",
    "consumer-request",
    "urgent-supply",
)
DAY = 24 * 60
TAPS = 7


@pytest_asyncio.fixture(params=["zh", "en"])
async def chapter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Chapter]:
    lang: Lang = request.param
    store = tmp_path / "store"
    store.mkdir()
    company = company_in(lang, tmp_path)
    texts = [(OWN_PLANS / f"{name}.yaml").read_text("utf-8") for name in PLANS]
    plans = folder_of(tmp_path, *texts)
    async with a_town(store, company=company, plans=plans, routines=()) as quiet, quiet.running():
        yield Chapter(quiet, lang, quiet.desk.plans["emergency-stock"])


# D1: who gets it, and what


@pytest.mark.parametrize(
    ("gate", "customer", "goods", "quantity", "occasion"),
    [
        ("unlawful", "街角", "云杉", 5, "birthday"),
        ("dishonest", "和气", "云杉", 5, "birthday"),
        ("scarce", "早市", "紫岚", 5, "birthday"),
        ("controlled", "早市", "白鹭", 5, "birthday"),
        ("not_for_sale", "早市", "抽水泵", 5, "birthday"),
        ("nothing", "早市", "云杉", 0, "birthday"),
        ("too_many", "早市", "云杉", 51, "birthday"),
        ("too_many_for_family", "早市", "云杉", 101, "funeral"),
    ],
)
async def test_d1_each_reason_is_said_before_anything_begins(
    chapter: Chapter, gate: str, customer: str, goods: str, quantity: int, occasion: str
) -> None:
    asker, town = chapter.person(ASKER), chapter.town
    friday = "周五" if chapter.lang == "zh" else "Friday"
    await asker.types(chapter.filled(occasion, quantity, customer, goods, friday))
    for answer in ("report.no",):
        question = chapter.plan.ask["urgent"].text.in_(chapter.lang)
        if question in "\n".join(form_of(town, asker, chapter.title())):
            await asker.presses(chapter.word(answer), on=question)

    why = chapter.plan.gate[gate].refuse.in_(chapter.lang)
    assert why in "\n".join(form_of(town, asker, chapter.title()))
    form = town.message(asker, chapter.title())
    assert chapter.word("form.send") not in form.labels
    assert set(town.new()) == {ASKER}
    await asker.types("/mine")
    assert "#1" not in town.card(asker)


async def test_d14_weddings_and_funerals_get_more_by_the_customers_grade(chapter: Chapter) -> None:
    for grade, customer, most in (
        ("二档", "早市", 50),
        ("三档", "满口香", 80),
        ("一档", "四季", 30),
    ):
        for occasion, limit in (("birthday", most), ("wedding", 2 * most), ("funeral", 2 * most)):
            for count in (limit, limit + 1):
                asker = chapter.person(ASKER)
                friday = "周五" if chapter.lang == "zh" else "Friday"
                await asker.types(chapter.filled(occasion, count, customer, "云杉", friday))
                shown = "\n".join(form_of(chapter.town, asker, chapter.title()))
                assert ("⛔" in shown) is (count > limit), f"{grade} {occasion} {count}"
                await asker.presses(chapter.word("form.cancel"), on=chapter.title())


# D2: planned


async def test_d2_from_the_request_to_the_customers_word_with_nobody_told_twice(
    chapter: Chapter,
) -> None:
    town, title = chapter.town, chapter.title()
    await chapter.asks()
    sent = chapter.word("form.sent_toast", number=1)
    approve = f"🔔 #1 {chapter.do('approve')}"
    town.sees(
        {ASKER: [sent, chapter.plan.received.in_(chapter.lang)], HEAD: [approve],
         MARKET: [f"#1 {title}", approve]}
    )  # fmt: skip
    asked = town.card(chapter.person(HEAD), approve)
    for words in ("10:00", "早市便利店", "云杉", "20", "常问候"):
        assert words in asked
    await chapter.approves(HEAD, 20)
    town.sees(
        {ASKER: [f"✅ #1 {title} · 早市便利店"], KEEPER: [chapter.ping("reserve")],
         DISTRIBUTION: [f"#1 {title}", chapter.ping("reserve")]}
    )  # fmt: skip
    assert (await town.roster()).holding("east", "yunshan").free == 380
    await chapter.does(KEEPER, "reserve")
    town.sees({CLERK: [chapter.ping("enter_order")], MARKET: [chapter.ping("enter_order")]})
    await chapter.does(CLERK, "enter_order")
    tell = chapter.ping("tell_customer")
    town.sees(
        {ASKER: [tell, "云杉"], DISPATCHER: [chapter.ping("deliver")], MARKET: [tell],
         DISTRIBUTION: [chapter.ping("deliver")]}
    )  # fmt: skip
    assert "07:00" in town.card(chapter.person(DISPATCHER), chapter.do("deliver"))
    assert "早市便利店" in town.card(chapter.person(ASKER), tell)
    await chapter.does(ASKER, "tell_customer")
    town.sees({})
    await chapter.does(DISPATCHER, "deliver")
    confirm = chapter.ping("confirm")
    brought = chapter.plan.steps["deliver"].tell_reporter
    assert brought is not None
    town.sees({ASKER: [confirm, brought.in_(chapter.lang)], MARKET: [confirm]})
    held = (await town.roster()).holding("east", "yunshan")
    assert (held.count, held.reserved) == (380, {})
    await chapter.does(ASKER, "confirm", chapter.word("report.yes"))
    town.sees({ASKER: ["#1", "✓ #1"], DISPATCHER: ["ℹ️ #1"]})

    closed = await town.incident(1)
    facts = {name: closed.fact(name) for name in ("customer", "goods", "granted", "order_day")}
    assert facts == {
        "customer": "k_01", "goods": "yunshan", "granted": 20, "order_day": "2026-07-06T09:00+08:00"
    }  # fmt: skip
    assert closed.status == "closed"
    kinds = ("step_decided", "resource_promised", "resource_used", "follow_up_set")
    assert await chapter.recorded(*kinds) == list(kinds)
    chapter.fits_a_phone()
    # Three days later the customer is asked once more, and somebody sees to what is wrong.
    later = chapter.of("stock-follow-up")
    await town.at(3 * DAY + 5)
    assert "20" in town.card(chapter.person(ASKER), later.ping("call", number=2))
    await later.does(ASKER, "call", chapter.word("report.no"))
    await later.does(HEAD, "see_to_it", "two were broken, replaced")
    assert "two were broken" in town.card(chapter.person(ASKER), "ℹ️ #2")
    assert (await town.incident(2)).status == "closed"


async def test_d2_the_form_takes_seven_taps(chapter: Chapter) -> None:
    asker, town = chapter.person(ASKER), chapter.town
    await asker.types("/stock")
    taps = 0
    for _ in range(TAPS):
        if "#1" in town.card(asker):
            break
        form = town.message(asker, chapter.title())
        send, no = chapter.word("form.send"), chapter.word("report.no")
        wanted = next((label for label in (send, no) if label in form.labels), form.labels[0])
        await asker.presses(wanted, on=chapter.title())
        taps += 1
    assert taps == TAPS
    assert (await town.incident(1)).fact("customer") == "k_01"


async def test_d2_a_slip_changes_no_answer_but_the_one_asked_for(chapter: Chapter) -> None:
    asker, town = chapter.person(ASKER), chapter.town
    await asker.types(f"/stock 早市 云杉 20 {chapter.choice('occasion', 'wedding')}")
    await asker.types("满口香 30")  # while a time is asked for
    shown = "\n".join(form_of(town, asker, chapter.title()))
    assert "早市便利店" in shown
    assert "：20" in shown or ": 20" in shown
    await asker.types("后天" if chapter.lang == "zh" else "in 2 days")
    shown = "\n".join(form_of(town, asker, chapter.title()))
    assert ("7月8日周三" if chapter.lang == "zh" else "Wed 8 Jul") in shown


async def test_d2_the_order_day_after_a_holiday(chapter: Chapter) -> None:
    """30 September, Wednesday: their next Tuesday is a holiday; 8 October is the first working
    day."""
    town = chapter.town
    morning = (datetime(2026, 9, 30, 0, 0, tzinfo=UTC) - MORNING).total_seconds() / 60
    await town.at(morning)
    await chapter.asks(customer="满口香", by="10月9日" if chapter.lang == "zh" else "9Oct")
    await chapter.approves(HEAD, 20)
    await chapter.does(KEEPER, "reserve")

    shown = "10月8日周四 09:00" if chapter.lang == "zh" else "Thu 8 Oct 09:00"
    assert shown in town.card(chapter.person(CLERK), chapter.do("enter_order"))
    await chapter.does(CLERK, "enter_order")
    assert shown in town.card(chapter.person(ASKER), chapter.ping("tell_customer"))
    assert (await town.incident(1)).fact("order_day") == "2026-10-08T09:00+08:00"


async def test_d2_above_the_first_rank_partly_changed_and_withdrawn(chapter: Chapter) -> None:
    town, asker = chapter.town, chapter.person(ASKER)
    await chapter.asks(40)
    assert "#1" not in "".join(town.new().get(HEAD, []))
    await chapter.person(DEPUTY).presses(
        chapter.word("approving.fewer"), on=chapter.ping("approve")
    )
    await chapter.person(DEPUTY).types("25")
    partly = chapter.word(
        "approving.approved_part", granted=chapter.amount(25), asked=chapter.amount(40)
    )
    assert partly in town.card(asker, "✅ #1")
    assert (await town.incident(1)).promises["store"].quantity == 25  # type: ignore[union-attr]
    # The customer needs fewer: it is decided afresh, now by the first rank; what was kept is free.
    label = chapter.plan.ask["quantity"].label
    assert label is not None
    await asker.presses(chapter.word("approving.change", what=label.in_(chapter.lang)), on="#1")
    await asker.types("10")
    assert (await town.roster()).holding("east", "yunshan").free == 400
    assert await chapter.status("reserve") is StepStatus.WAITING
    await chapter.approves(HEAD, 10)
    assert (await town.roster()).holding("east", "yunshan").free == 390
    await asker.presses(chapter.word("approving.withdraw"), on="#1")
    await asker.presses(chapter.word("directing.because_no_need"))
    assert (await town.incident(1)).status == "cancelled"
    assert (await town.roster()).holding("east", "yunshan").free == 400
    decided = await chapter.recorded("step_decided", "resource_promised", "resource_released")
    assert decided == ["step_decided", "resource_promised", "resource_released"] * 2


async def test_d2_other_goods_after_approval_are_approved_afresh(chapter: Chapter) -> None:
    town, asker = chapter.town, chapter.person(ASKER)
    await chapter.asks()
    await chapter.approves(HEAD, 20)
    goods = chapter.plan.ask["goods"].label
    assert goods is not None
    await asker.presses(chapter.word("steps.correct"), on="#1")
    await asker.presses(goods.in_(chapter.lang))
    await asker.types("青松")

    assert await chapter.status("approve") is StepStatus.OPEN
    assert await chapter.status("reserve") is StepStatus.WAITING
    assert (await town.roster()).holding("east", "yunshan").free == 400
    assert "青松" in town.card(chapter.person(HEAD), chapter.ping("approve"))


async def test_d2_refused_with_the_reason_and_words_to_pass_on(chapter: Chapter) -> None:
    await chapter.asks()
    chapter.town.ignore()
    reason = await chapter.refuses(HEAD)
    told = chapter.ping("tell_refused")
    asker = chapter.person(ASKER)
    assert reason in chapter.town.card(asker, "❌ #1")
    assert "早市便利店" in chapter.town.card(asker, told)
    await chapter.does(ASKER, "tell_refused")
    closed = await chapter.town.incident(1)
    assert (closed.status, closed.fact("verdict"), closed.following) == ("closed", "refused", ())


async def test_d2_the_absent_one_is_passed_over_and_the_silent_one_at_a_requests_pace(
    chapter: Chapter,
) -> None:
    town = chapter.town
    await chapter.away(HEAD)
    await chapter.asks()
    assert "#1" in town.card(chapter.person(DEPUTY), chapter.do("approve"))
    await town.at(19)
    town.ignore()
    await town.at(22)
    assert "p_mei" in town.new()
    # It is no emergency: the leader is not called out while the next has her own twenty minutes,
    # and then not every ten minutes.
    await town.at(40)
    assert "p_ding" not in town.new()
    await town.at(3 * 60)
    calls = [text for text in town.new().get("p_ding", []) if chapter.do("approve") in text]
    assert 1 <= len(calls) <= 4, calls
    await chapter.approves("p_mei", 20)
    assert (await town.incident(1)).fact("granted") == 20


async def test_d2_status_at_any_time(chapter: Chapter) -> None:
    town, asker = chapter.town, chapter.person(ASKER)
    await chapter.asks()
    await asker.types("/mine")
    mine = town.card(asker, chapter.word("approving.own").replace("<b>", "").replace("</b>", ""))
    assert "早市便利店" in mine
    assert "客常来" in mine
    await chapter.approves(HEAD, 20)
    # The first message follows what happens.
    values = {"icon": chapter.plan.icon, "number": 1, "about": " · 早市便利店", "received": ""}
    head = chapter.word("approving.received", **values).replace("<b>", "").replace("</b>", "")
    first = town.card(asker, head)
    # What was said while it waited does not stand beside what has been decided.
    assert chapter.plan.received.in_(chapter.lang) not in first
    assert chapter.word("approving.approved_all", granted=chapter.amount(20)) in first
    assert "云杉" in first


# D3: exceptional; D4: a consumer; D5: with an engineer


async def test_d3_two_stages_and_no_order_day(chapter: Chapter) -> None:
    town = chapter.town
    await chapter.asks(30, waits=False)
    assert "#1" not in "".join(town.new().get(DEPUTY, []))
    advised = chapter.word("approving.support_to", count=chapter.amount(30))
    await chapter.person("p_shang").presses(advised, on=chapter.ping("review"))
    assert "商有道" in town.card(chapter.person(DEPUTY), chapter.ping("approve"))
    await chapter.approves(DEPUTY, 30)
    await chapter.does(KEEPER, "reserve")
    assert chapter.ping("deliver") in town.card(chapter.person(DISPATCHER), "#1")
    assert await chapter.status("enter_order") is StepStatus.SKIPPED
    assert "p_ke" not in [e.by for e in await town.record(1) if e.type == "step_decided"]
    facts = await town.incident(1)
    assert (facts.fact("review"), facts.fact("verdict")) == ("supported", "approved")


async def test_d4_the_regions_officer_decides_and_calls_the_consumer_back(chapter: Chapter) -> None:
    asked, town = chapter.of("consumer-request"), chapter.town
    asker, officer = chapter.person(ASKER), chapter.person("p_xiao")
    friday = "周五" if chapter.lang == "zh" else "Friday"
    await asker.types(f"/consumer 云杉 5 {asked.choice('occasion', 'wedding')} {friday}")
    await asker.types("Ms Wu 13900000000")
    await asker.presses(chapter.word("form.send"), on=asked.title())
    assert "Ms Wu" in town.card(officer, asked.ping("approve"))
    await asked.approves("p_xiao", 5)
    await asked.does("p_xiao", "arrange", "早市")
    assert "早市便利店" in town.card(officer, "📋 #1")
    await asked.does("p_xiao", "call_back")
    told = asked.plan.steps["call_back"].tell_reporter
    assert told is not None
    assert town.card(asker, told.in_(chapter.lang))
    closed = await town.incident(1)
    assert (closed.status, closed.fact("shop"), closed.fact("granted")) == ("closed", "k_01", 5)
    chapter.fits_a_phone()


async def test_d5_the_engineer_stays_until_the_customer_is_content(chapter: Chapter) -> None:
    supply, town = chapter.of("urgent-supply"), chapter.town
    asker, engineer = chapter.person(ASKER), chapter.person("p_ji")
    in_time, soon = ("后天", "明天 10:00") if chapter.lang == "zh" else ("in 2 days", "tomorrow 10")
    await asker.types("/supply 早市")
    await asker.types("a compressor")
    await asker.types(in_time)
    await asker.presses(chapter.word("form.send"), on=supply.title())
    await chapter.person("p_fu").presses(chapter.word("approving.agree"), on=supply.ping("approve"))
    await supply.does("p_gong", "promise", soon)
    shown = "7月7日周二 10:00" if chapter.lang == "zh" else "Tue 7 Jul 10:00"
    for who in (asker, engineer):
        assert shown in town.card(who, "#1")
    await supply.does(ASKER, "tell_customer")
    await supply.does("p_ji", "go_along")
    await supply.does("p_gong", "deliver")
    await supply.does("p_ji", "install")
    await engineer.sends_photo(b"a picture")
    no, yes = chapter.word("report.no"), chapter.word("report.yes")
    await supply.does(ASKER, "sign_off", no)
    assert await chapter.status("put_right") is StepStatus.OPEN
    await supply.does("p_ji", "put_right", "a leak, mended")
    assert "a leak, mended" in town.card(asker, supply.ping("sign_again"))
    await supply.does(ASKER, "sign_again", yes)
    closed = await town.incident(1)
    assert (closed.status, closed.steps["settle"].status) == ("closed", StepStatus.SKIPPED)
    chapter.fits_a_phone()
