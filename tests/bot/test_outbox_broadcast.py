"""Many at once: within the limits' own time, everybody accounted for, urgent ones not held up."""

from pathlib import Path

from bot.budget import Rates
from simulator import Fault, Limits
from storage.delivery import Delivery, DeliveryState
from tests.bot.harness import HEAD, Town, a_town, open_town, stand_in
from tests.fake_clock import FakeClock

MANY = range(800_000, 800_300)
IN_FLIGHT = 16
# 300 at 30 a second: ten seconds. A tenth more is allowed; half of that must do.
LIMITS_OWN_TIME_S = 10 * 1.05


def add_people(town: Town) -> None:
    for person in MANY:
        town.sim.stage.add_person(person, "P", started=True)


def notices(town: Town) -> list[Delivery]:
    return [town.bulk(person, "预警") for person in MANY]


async def test_three_hundred_are_reached_in_the_limits_own_time(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        add_people(town)
        sent = notices(town)
        await town.deliver(*sent)
        await town.advance(LIMITS_OWN_TIME_S)
        assert all(town.texts(person) == ["预警"] for person in MANY)
        assert {await town.state(one) for one in sent} == {DeliveryState.SENT}
        assert town.too_many() == 0


async def test_a_warning_rings_though_it_is_bulk_and_a_notice_does_not(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        warning = town.bulk(HEAD, "预警").model_copy(update={"aloud": True})
        await town.deliver(warning, town.bulk(HEAD, "通知"))
        silent = {sent["text"]: sent.get("disable_notification") for _, sent in town.calls}
        assert silent == {"预警": "false", "通知": "true"}


async def test_an_escalation_in_their_midst_goes_out_within_a_second(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        add_people(town)
        await town.deliver(*notices(town))
        for after_s in (0.0, 1.3, 2.77, 3.01):
            await town.advance(after_s)
            text = f"升级 {after_s}"
            reached = (HEAD, *MANY[-3:])
            await town.deliver(*(town.urgent(person, text) for person in reached))
            await town.advance(1.0)
            assert all(text in town.texts(person) for person in reached)


async def test_told_to_wait_in_their_midst_nobody_is_left_out_or_written_to_twice(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.telegram()) as town:
        add_people(town)
        for person in MANY[40:60]:
            town.sim.stage.set_fault(Fault("429", chat_id=person, retry_after_s=7))
        sent = notices(town)
        await town.deliver(*sent)
        await town.advance(60)
        assert all(town.texts(person) == ["预警"] for person in MANY)
        assert {await town.state(one) for one in sent} == {DeliveryState.SENT}


async def test_killed_in_their_midst_it_goes_on_and_repeats_only_what_was_in_flight(
    tmp_path: Path,
) -> None:
    clock, unanswered = FakeClock(), MANY[16:24]
    async with stand_in(clock, Limits.telegram()) as sim:
        async with open_town(tmp_path, sim, clock, rates=Rates()) as town:
            add_people(town)
            sent = notices(town)
            for person in unanswered:
                town.slow_answer(person)
            await town.commit(*sent)
            for person in unanswered:
                await town.until_shown(person, "预警")
        async with open_town(tmp_path, sim, clock, rates=Rates()) as town:
            await town.advance(30)
            twice = {person for person in MANY if len(town.texts(person)) > 1}
            assert all(town.texts(person) for person in MANY)
            assert set(unanswered) <= twice
            assert len(twice) <= IN_FLIGHT
            assert {await town.state(one) for one in sent} == {DeliveryState.SENT}


async def test_a_post_in_many_groups_keeps_to_each_groups_minute(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        groups = range(-1008000010, -1008000000)
        for group in groups:
            town.sim.stage.add_group(group, "G", [HEAD])
        count = [
            town.text(group, f"收到 {n}/30", slot=f"{group}") for n in range(30) for group in groups
        ]
        for one in count:
            await town.deliver(one)
        await town.advance(180)
        assert town.too_many() == 0
        assert all(town.texts(group) == ["收到 29/30"] for group in groups)
