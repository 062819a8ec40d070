"""The chapter on weather, W1 to W7, as it is lived through in either language: who is told in which
chat, by when, what stands on record, and how much anybody hears."""

from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median

import pytest
import pytest_asyncio

from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.storm import (
    CUSTOMERS,
    DISPATCHER,
    FINANCE,
    HEAD,
    KEEPER,
    LEADER,
    MANAGER,
    MARKETING,
    OFFICE,
    Storm,
    a_storm,
)

EAST, MARKET, LEADERS = "east_distribution", "east_marketing", "leading_group"
DEPARTMENTS = (MARKETING, "p_dan", FINANCE, "p_shu", "p_an_rs", "p_gong")
STAFF = {"p_lu", "p_xing", "p_dai", "p_xiu", "p_chang", "p_shang", "p_ke", "p_xu"}
PHONE_SCREEN = 500
# One of them says that deliveries go on.
HEARD_LIMIT = 13


@pytest_asyncio.fixture(params=["zh", "en"])
async def storm(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    async with a_storm(lang, tmp_path) as one:
        yield one


async def test_w6_the_warning_reaches_everybody_in_the_area_and_nobody_else(storm: Storm) -> None:
    town = storm.town
    await storm.warned()
    new = town.new()
    warning = storm.either(
        "🟠 橙色预警：台风。范围：东区", "🟠 Orange warning: Typhoon. Area: East"
    )
    told = {who for who, texts in new.items() if any(warning in text for text in texts)}
    assert told == {*STAFF, DISPATCHER, KEEPER, EAST, MARKET, OFFICE}
    assert set(new) == {*told, LEADERS, LEADER, "p_fu", HEAD, MARKETING}
    # One confirms, one has blocked the bot, everybody else is asked again.
    town.person("p_dai").blocks_bot()
    await storm.person("p_lu").presses(storm.word("broadcast.got"))
    town.ignore()
    await town.at(17)
    asked_again = storm.word("broadcast.asked_again")
    again = {who for who, texts in town.new().items() if any(asked_again in one for one in texts)}
    assert "p_xing" in again
    assert "p_lu" not in again
    await storm.everybody_confirms("p_dai")
    card = town.card(storm.person(OFFICE), storm.word("broadcast.progress", sent=13, all=14))
    assert storm.word("broadcast.progress_unreachable", unreachable=1) in card


async def test_w6_correction_and_all_clear_go_to_the_same_readers(storm: Storm) -> None:
    town = storm.town
    await storm.warned("yellow")
    first = {who for who, texts in town.new().items() if who in STAFF and texts}
    await storm.coloured("red")
    town.ignore()
    await storm.sends("warn")
    red = storm.answer("level", "red")
    corrected = town.new()
    assert {who for who in corrected if who in STAFF} == first
    assert all(red in corrected[who][0] for who in first)
    await storm.coloured("yellow")
    await storm.sends("warn")
    await storm.does(HEAD, "propose")
    await storm.says(HEAD, "proposal", "keep")
    await storm.says(HEAD, "affected", "few")
    town.ignore()
    await storm.sends("all_clear")
    ended = town.new()
    assert {who for who in ended if who in STAFF} == first
    assert storm.word("broadcast.kind_all_clear") in ended["p_lu"][0]


async def test_w1_most_customers_the_leader_decides_and_the_public_is_told(storm: Storm) -> None:
    town = storm.town
    await storm.warned()
    storm.is_asked(HEAD, "propose", "09:00", storm.answer("level", "orange"), group=EAST)
    await storm.proposed(affected="most")
    end = storm.either("7月7日周二 09:00", "Tue 7 Jul 09:00")
    where = storm.either("东区", "East")
    storm.is_asked(
        LEADER, "decide", "08:3", "宋必达", where, storm.answer("proposal", "suspend"),
        storm.answer("affected", "most"), end, group=LEADERS,
    )  # fmt: skip
    assert await storm.decided() == LEADER
    assert (await town.incident(1)).fact("ruling") == "approved"
    # Whoever proposed it hears the decision.
    assert town.card(storm.person(HEAD), storm.word("approving.approved"))
    storm.is_asked(MARKETING, "publish", "09:0", group=MARKET)
    notice = town.card(storm.person(MARKETING), end)
    assert where in notice
    assert await storm.of("call_customers") is StepStatus.SKIPPED
    assert len((await storm.calls("call_key_customers")).calls or ()) == 1
    await storm.sends("tell_staff")
    await storm.does(MARKETING, "publish")
    # Longer than thought: the public and the staff are told anew.
    head = storm.person(HEAD)
    await head.types("/incident 1")
    await head.presses(storm.word("steps.correct"), on="📄")
    await head.presses(storm.plan.asked()["resume_at"].called(storm.lang))
    await head.types(storm.either("明天 15点", "tomorrow 15:00"))
    assert await storm.of("publish") is StepStatus.OPEN
    assert await storm.of("tell_staff") is StepStatus.OPEN
    later = storm.either("7月7日周二 15:00", "Tue 7 Jul 15:00")
    await storm.sends("tell_staff")
    assert later in town.card(storm.person("p_lu"), later)
    await storm.does(MARKETING, "publish")
    await storm.does(LEADER, "resume_most")
    storm.is_asked(MARKETING, "publish_resumed", "09:0", group=MARKET)


async def test_w2_each_customer_is_phoned_and_whoever_does_not_answer_again(storm: Storm) -> None:
    town = storm.town
    await storm.suspended()
    assert (await storm.state("decide")).settled_by == OFFICE
    storm.is_asked(
        MANAGER, "call_customers", "11:0", "早市便利店", "+86 10 5550 0301", group=MARKET
    )
    await storm.ticks("call_customers", 1, 2, 3, 4, 5, 6)
    await storm.ticks("call_customers", 7, result="no_answer")
    assert (await storm.calls("call_customers")).left == ("k_07",)
    town.ignore()
    await town.at(town.minute() + 35)
    assert "来福烟酒" in "".join(town.new()[MANAGER])
    await storm.ticks("call_customers", 7)
    assert await storm.of("call_customers") is StepStatus.DONE
    results = [(event.customer, event.result) for event in await storm.lines("call_ticked")]  # type: ignore[union-attr]
    assert results[-2:] == [("k_07", "no_answer"), ("k_07", "reached")]


async def test_w3_a_flooded_store_is_an_incident_of_its_own(storm: Storm) -> None:
    await storm.warned()
    await storm.does(KEEPER, "watch_store")
    await storm.says(KEEPER, "water", "flooded")
    called = await storm.town.incident(2)
    assert (called.plan, called.region) == ("warehouse-flood", "east")
    assert called.parent is not None
    assert called.parent.number == 1


async def test_w4_w5_w7_cash_help_and_restock_until_all_is_closed(storm: Storm) -> None:
    town = storm.town
    await storm.suspended()
    needed = storm.either("请停止接单", "take no orders")
    for person in DEPARTMENTS:
        storm.is_asked(person, "cooperate", "10:0", needed)
        await storm.does(person, "cooperate")
    assert await storm.of("cooperate") is StepStatus.DONE
    storm.is_asked(FINANCE, "cash", "09:0")
    await storm.does(FINANCE, "cash")
    await storm.person(FINANCE).presses(storm.word("report.yes"), on=storm.asks("pay_cash"))
    for person in (DISPATCHER, MANAGER, "p_dan"):
        assert town.card(storm.person(person), storm.plan.asked()["pay_cash"].called(storm.lang))
    places = range(1, CUSTOMERS + 1)
    await storm.ticks("call_customers", *places)
    await storm.ticks("cash_customers", *places)
    await storm.does(OFFICE, "resume_few")
    storm.is_asked(FINANCE, "cash_ends", "16:0")
    await storm.ticks("call_resumed", *places)
    await storm.does(FINANCE, "cash_ends")
    await storm.sends("tell_resumed")
    await storm.sends("all_clear")
    await storm.does(MARKETING, "restock_whom")
    await storm.says(MARKETING, "restock", "all")
    assert len((await storm.calls("restock_all")).calls or ()) == CUSTOMERS
    await storm.ticks("restock_all", *places)
    await storm.does(OFFICE, "close")
    assert (await town.incident(1)).status == "closed"
    left = [s for s, one in (await town.incident(1)).steps.items() if one.status is StepStatus.OPEN]
    assert left == []


async def test_w5_only_key_customers_or_nobody_is_restocked(storm: Storm) -> None:
    await storm.suspended()
    await storm.ticks("call_customers", *range(1, CUSTOMERS + 1))
    await storm.does(OFFICE, "resume_few")
    await storm.does(MARKETING, "restock_whom")
    await storm.says(MARKETING, "restock", "key")
    assert (await storm.calls("restock_key")).calls == ("k_04",)
    assert await storm.of("restock_all") is StepStatus.SKIPPED


async def test_it_is_over_sooner_than_thought_and_everybody_who_was_told_is_told(
    storm: Storm,
) -> None:
    await storm.suspended()
    await storm.ticks("call_customers", 1, 2, 3)
    await storm.coloured("yellow")
    head = storm.person(HEAD)
    ping = storm.town.message(head, f"🔔 {storm.do('propose')}")
    change = storm.word("moments.change", what=storm.plan.asked()["proposal"].called(storm.lang))
    assert change in ping.labels
    await head.presses(change, on=storm.do("propose"))
    # Customers know that deliveries were stopped: "as usual" would leave them without a word.
    asked = storm.town.message(head, storm.asks("proposal"))
    assert asked.labels == [
        storm.answer("proposal", one) for one in ("change", "suspend", "resume")
    ]
    await head.types(storm.answer("proposal", "keep"))
    refusal = storm.plan.gate["was_stopped"].refuse.in_(storm.lang)
    assert refusal in storm.town.card(head, refusal)
    assert (await storm.town.incident(1)).fact("proposal") == "suspend"
    await head.presses(change, on=storm.do("propose"))
    await storm.says(HEAD, "proposal", "resume")
    assert await storm.of("call_customers") is StepStatus.SKIPPED
    await storm.does(OFFICE, "resume_few")
    assert len((await storm.calls("call_resumed")).calls or ()) == CUSTOMERS


async def test_what_was_stopped_is_resumed_also_when_the_leader_refuses_more(storm: Storm) -> None:
    """Customers have been called; then it seems to hit most, and the leader says no: those who were
    called hear all the same that deliveries go on."""
    head = storm.person(HEAD)
    await storm.warned()
    await storm.does(HEAD, "propose")
    asked = storm.town.message(head, storm.asks("proposal"))
    assert asked.labels == [storm.answer("proposal", one) for one in ("keep", "change", "suspend")]
    await storm.says(HEAD, "proposal", "suspend")
    await storm.says(HEAD, "affected", "few")
    await storm.does(HEAD, "adjust")
    await head.presses(storm.word("report.now"), on=storm.asks("stop_from"))
    for said in (storm.either("明天 9点", "tomorrow 9:00"), "东线", "停止接单"):
        await head.types(said)
    await storm.decided()
    await storm.ticks("call_customers", *range(1, CUSTOMERS + 1))
    await storm.sends("tell_staff")
    await storm.corrects(HEAD, "affected", "most")
    leader = storm.person(LEADER)
    await leader.presses(storm.word("approving.refuse"), on=storm.do("decide"))
    await leader.types(storm.either("再等等", "wait"))
    assert (await storm.town.incident(1)).fact("ruling") == "refused"
    assert await storm.of("publish") is StepStatus.SKIPPED
    assert await storm.of("resume_most") is StepStatus.OPEN
    await storm.corrects(HEAD, "affected", "few")
    assert await storm.of("resume_few") is StepStatus.OPEN
    await storm.does(OFFICE, "resume_few")
    assert len((await storm.calls("call_resumed")).calls or ()) == CUSTOMERS


async def test_orange_red_yellow_with_half_of_the_customers_called(storm: Storm) -> None:
    """Nothing that was done is lost, and nobody is called twice: held to every message and tick."""
    town = storm.town
    await storm.suspended()
    await storm.ticks("call_customers", 1, 2, 3)
    await storm.does(MARKETING, "cooperate")
    before = await town.incident(1)
    done = {name for name, state in before.steps.items() if state.status is StepStatus.DONE}
    ever = {"prepare/1", "stop_driving/1", "watch_store/1", "adjust", "decide", "tell_staff"}
    assert ever | {"cooperate/1"} <= done
    held = len(storm.private(MANAGER))
    for colour in ("red", "yellow", "orange", "yellow"):
        await storm.coloured(colour)
        await storm.sends("warn")
        await town.at(town.minute() + 1)
        now = await town.incident(1)
        again = {"warn", "propose"}
        assert {n for n in done - again if now.steps[n].status is not StepStatus.DONE} == set()
        called = (await storm.calls("call_customers")).called
        assert called == dict.fromkeys(("k_01", "k_02", "k_03"), "reached")
    # Whoever stopped the vehicles, checked the store or helped is not asked again.
    opened = [event.step for event in await storm.lines("step_opened")]  # type: ignore[union-attr]
    assert [name for name in ever if opened.count(name) > 1] == []
    # The manager's messages since then name nobody whom they have called.
    for text in storm.private(MANAGER)[held:]:
        assert not any(name in text for name in ("早市便利店", "满口香副食", "街角小卖部")), text
    shown = town.message(storm.person(MANAGER), storm.do("call_customers"))
    assert not any(label.startswith(("✅ 1 ", "✅ 2 ", "✅ 3 ")) for label in shown.labels)
    await storm.ticks("call_customers", 4, 5, 6, 7)
    ticked = [event.customer for event in await storm.lines("call_ticked")]  # type: ignore[union-attr]
    assert sorted(ticked) == [f"k_0{n}" for n in range(1, 8)]
    assert await storm.of("call_customers") is StepStatus.DONE


async def test_who_answers_at_once_hears_little_and_every_message_fits_a_phone(
    storm: Storm,
) -> None:
    """A whole typhoon, orange, red and yellow: what others' doings made anybody's phone sound."""
    town, places = storm.town, range(1, CUSTOMERS + 1)
    await storm.warned()
    await storm.made_safe()
    await storm.proposed()
    await storm.decided()
    await storm.sends("tell_staff")
    await storm.everybody_confirms()
    await storm.ticks("call_customers", *places)
    for person in DEPARTMENTS:
        await storm.does(person, "cooperate")
    for colour in ("red", "yellow"):
        await storm.coloured(colour)
        await storm.sends("warn")
        await storm.does(HEAD, "propose")
    await storm.does(FINANCE, "cash")
    await storm.person(FINANCE).presses(storm.word("report.yes"), on=storm.asks("pay_cash"))
    await storm.ticks("cash_customers", *places)
    await storm.does(OFFICE, "resume_few")
    await storm.ticks("call_resumed", *places)
    await storm.does(FINANCE, "cash_ends")
    await storm.sends("tell_resumed")
    await storm.sends("all_clear")
    await storm.does(MARKETING, "restock_whom")
    await storm.says(MARKETING, "restock", "all")
    await storm.ticks("restock_all", *places)
    await storm.does(OFFICE, "close")
    assert (await town.incident(1)).status == "closed"
    assert max(storm.heard.values()) <= HEARD_LIMIT, storm.heard
    assert median(storm.heard.values()) <= HEARD_LIMIT / 2, storm.heard
    private = [text for id_ in storm.heard for text in storm.private(id_)]
    briefing = storm.word("command.brief_facts").replace("<b>", "").replace("</b>", "")
    long = [text for text in private if len(text) > PHONE_SCREEN and briefing not in text]
    assert [text for text in long if storm.lang == "zh"] == []
