"""Who goes first, how fast, and what waits."""

from pathlib import Path

from bot.budget import Rates
from simulator import Fault, Limits
from storage.delivery import DeliveryState, Urgency
from tests.bot.harness import DISPATCHER, DRIVER, GROUP, HEAD, OTHER_GROUP, a_town


async def test_a_delivery_goes_out_and_its_message_is_on_record(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        ping = town.text(DRIVER, "车在哪里?")
        await town.deliver(ping)
        assert town.texts(DRIVER) == ["车在哪里?"]
        stored = await town.stored(ping)
        assert stored.state is DeliveryState.SENT
        assert stored.message_id == town.shown(DRIVER)[0].message_id
        assert stored.sent_at == town.clock.now()
        assert stored.attempts == 1


async def test_within_a_chat_urgent_goes_before_normal_before_bulk_and_the_first_first(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(
            town.bulk(DRIVER, "b1"),
            town.text(DRIVER, "n1"),
            town.bulk(DRIVER, "b2"),
            town.urgent(DRIVER, "u1"),
            town.text(DRIVER, "n2"),
            town.urgent(DRIVER, "u2"),
        )
        await town.advance(10)
        assert town.texts(DRIVER) == ["u1", "u2", "n1", "n2", "b1", "b2"]


async def test_over_all_chats_the_most_urgent_goes_first(tmp_path: Path) -> None:
    async with a_town(tmp_path, in_flight_limit=1) as town:
        await town.deliver(
            town.bulk(DRIVER, "b"), town.text(DISPATCHER, "n"), town.urgent(HEAD, "u")
        )
        order = [shown.text for shown in town.sim.world.messages(by_bot=True)]
        ids = {shown.text: shown for shown in town.sim.world.messages(by_bot=True)}
        assert sorted(order) == ["b", "n", "u"]
        assert list(ids) == ["u", "n", "b"]


async def test_a_chat_gets_one_message_a_second(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        await town.deliver(*(town.text(DRIVER, f"{n}") for n in range(3)))
        assert town.texts(DRIVER) == ["0"]
        await town.advance(0.9)
        assert town.texts(DRIVER) == ["0"]
        await town.advance(0.1)
        assert town.texts(DRIVER) == ["0", "1"]
        await town.advance(1)
        assert town.texts(DRIVER) == ["0", "1", "2"]
        assert town.too_many() == 0


async def test_one_call_a_chat_is_under_way_so_the_order_holds_though_a_call_is_slow(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("timeout_after", chat_id=DRIVER, hang_s=5))
        await town.commit(town.text(DRIVER, "first"), town.text(DRIVER, "second"))
        await town.until_shown(DRIVER, "first")
        await town.commit(town.urgent(DRIVER, "urgent"), town.text(HEAD, "elsewhere"))
        await town.until_shown(HEAD, "elsewhere")
        assert town.texts(DRIVER) == ["first"]


async def test_an_escalation_goes_out_within_a_second_though_two_thousand_wait(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        people = range(800_000, 801_000)
        for person in people:
            town.sim.stage.add_person(person, "P", started=True)
        groups = range(-1008000020, -1008000000)
        for group in groups:
            town.sim.stage.add_group(group, "G", [DRIVER])
        await town.deliver(*(town.bulk(person, "通知") for person in people))
        await town.deliver(
            *(
                town.text(group, f"{n}", urgency, slot=f"{group}-{n}")
                for n in range(50)
                for group in groups
                for urgency in [Urgency.BULK if n % 2 else Urgency.NORMAL]
            )
        )
        # Deep in the storm, several times, at moments that fit no rhythm.
        for asked_s in (0.0, 3.3, 7.77, 20.01, 33.4):
            await town.advance(asked_s)
            text = f"升级 {asked_s}"
            chats = (HEAD, groups[0], groups[1], people[-1])
            await town.deliver(*(town.urgent(chat, text) for chat in chats))
            await town.advance(1.0)
            for chat in chats:
                assert text in town.texts(chat), chat
        await town.advance(240)
        assert all(town.texts(person)[0] in {"通知", "升级 0.0"} for person in people)
        assert sum("通知" in town.texts(person) for person in people) == 1000
        assert town.too_many() == 0
        assert sum(len(town.texts(group)) for group in groups) < 20 * 20 * 6


async def test_a_group_keeps_places_for_urgent_ones_when_cards_have_used_theirs(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates(), limits=Limits.strict()) as town:
        await town.deliver(*(town.text(GROUP, f"{n}", slot=f"card-{n}") for n in range(30)))
        await town.advance(40)
        assert len(town.texts(GROUP)) == 15
        await town.deliver(*(town.urgent(GROUP, f"u{n}") for n in range(3)))
        await town.advance(2)
        assert town.texts(GROUP)[-3:] == ["u0", "u1", "u2"]
        await town.advance(120)
        assert len(town.texts(GROUP)) == 33
        assert town.too_many() == 0


async def test_a_slow_network_for_bulk_leaves_calls_for_urgent_ones(tmp_path: Path) -> None:
    async with a_town(tmp_path, in_flight_limit=5) as town:
        people = range(800_000, 800_020)
        for person in people:
            town.sim.stage.add_person(person, "P", started=True)
        town.sim.stage.set_fault(Fault("timeout_after", method="sendMessage", times=1))
        await town.commit(*(town.bulk(person, "b") for person in people))
        await town.until_shown(people[0], "b")
        await town.commit(town.urgent(HEAD, "u"))
        await town.until_shown(HEAD, "u")
        assert town.texts(people[1]) == []


async def test_what_does_not_fit_in_memory_waits_in_the_store_in_order(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates(), queued_limit=4) as town:
        for n in range(12):
            await town.deliver(town.bulk(DRIVER, f"{n}"))
        await town.deliver(town.urgent(DRIVER, "u"))
        await town.deliver(town.text(OTHER_GROUP, "elsewhere"))
        assert town.texts(OTHER_GROUP) == ["elsewhere"]
        await town.advance(1)
        assert town.texts(DRIVER)[:2] == ["0", "u"]
        await town.advance(60)
        said = "\n\n".join(text for text in town.texts(DRIVER) if text != "u")
        assert said.split("\n\n") == [f"{n}" for n in range(12)]


async def test_a_burst_larger_than_memory_is_not_lost(tmp_path: Path) -> None:
    async with a_town(tmp_path, queued_limit=5) as town:
        people = range(800_000, 800_040)
        for person in people:
            town.sim.stage.add_person(person, "P", started=True)
        await town.deliver(*(town.bulk(person, "b") for person in people))
        assert all(town.texts(person) == ["b"] for person in people)


async def test_an_older_text_of_a_card_left_in_the_store_never_overwrites_a_newer_one(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates(), queued_limit=2) as town:
        await town.deliver(*(town.bulk(DRIVER, f"{n}") for n in range(4)))
        await town.deliver(town.text(DRIVER, "old", Urgency.BULK, slot="card"))
        await town.advance(0.1)
        await town.deliver(town.text(DRIVER, "new", Urgency.NORMAL, slot="card"))
        await town.advance(60)
        assert sorted(town.texts(DRIVER)) == ["0", "1", "2", "3", "new"]
