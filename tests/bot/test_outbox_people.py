"""Who cannot be reached is told at once, and a group that moved is followed."""

from pathlib import Path

from bot.budget import Rates
from bot.outbox import Failure
from simulator import Fault
from storage.delivery import DeliveryState
from tests.bot.harness import DISPATCHER, DRIVER, GROUP, MARK, OTHER_GROUP, PLAIN_GROUP, a_town


async def test_a_person_who_blocked_the_bot_is_told_of_with_all_that_waited_for_them(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        town.sim.stage.block(DRIVER)
        waiting = [town.urgent(DRIVER, "a"), town.text(DRIVER, "b"), town.bulk(DRIVER, "c")]
        await town.deliver(*waiting, town.text(DISPATCHER, "other"))
        assert town.failed == [(delivery.id, Failure.BLOCKED) for delivery in waiting]
        states = {await town.state(delivery) for delivery in waiting}
        assert states == {DeliveryState.FAILED}
        assert (await town.stored(waiting[2])).error.startswith("blocked: Forbidden")
        assert town.sim.world.stats.calls["sendmessage"] == 2
        assert town.texts(DISPATCHER) == ["other"]


async def test_what_was_to_be_repeated_for_them_is_told_at_once_too(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_before", chat_id=DRIVER))
        doubtful, after = town.urgent(DRIVER, "doubtful"), town.text(DRIVER, "after")
        await town.deliver(doubtful)
        town.sim.stage.block(DRIVER)
        await town.deliver(after)
        assert sorted(town.failed) == [
            (doubtful.id, Failure.BLOCKED),
            (after.id, Failure.BLOCKED),
        ]
        await town.advance(100)
        assert len(town.failed) == 2
        assert town.sim.world.stats.calls["sendmessage"] == 2


async def test_a_live_message_given_up_once_is_posted_when_its_next_text_comes(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_before", chat_id=DRIVER))
        await town.deliver(town.text(DRIVER, "v1", slot="card"))
        town.sim.stage.block(DRIVER)
        await town.deliver(town.text(DRIVER, "other"))
        town.sim.stage.unblock(DRIVER)
        await town.advance(10)
        await town.deliver(town.text(DRIVER, "v2", slot="card"))
        assert town.texts(DRIVER) == ["v2"]


async def test_a_person_who_comes_back_is_written_to_again(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.block(DRIVER)
        await town.deliver(town.text(DRIVER, "lost"))
        town.sim.stage.unblock(DRIVER)
        await town.deliver(town.text(DRIVER, "back"))
        assert town.texts(DRIVER) == ["back"]


async def test_each_way_of_being_out_of_reach_has_its_name(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.add_person(800_001, "P")
        town.sim.stage.join(800_001, OTHER_GROUP)
        town.sim.stage.add_person(800_002, "P", started=True)
        town.sim.stage.deactivate(800_002)
        town.sim.stage.leave(town.sim.world.bot.id, GROUP)
        chats = {
            800_001: Failure.NOT_STARTED,
            800_002: Failure.DEACTIVATED,
            999_999: Failure.CHAT_NOT_FOUND,
            GROUP: Failure.NOT_IN_GROUP,
        }
        for chat in chats:
            await town.deliver(town.text(chat, "x"))
        assert [failure for _, failure in town.failed] == list(chats.values())


async def test_a_group_that_became_a_supergroup_is_followed_with_all_that_waited(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(PLAIN_GROUP, "v1", slot="card"))
        new = town.sim.stage.migrate(PLAIN_GROUP)
        waiting = [town.text(PLAIN_GROUP, "v2", slot="card"), town.text(PLAIN_GROUP, "plain")]
        await town.deliver(*waiting)
        await town.advance(10)
        assert town.migrated == [(PLAIN_GROUP, new)]
        assert town.texts(PLAIN_GROUP) == ["v1"]
        assert town.texts(new) == ["v2", "plain"]
        assert [(await town.stored(d)).chat for d in waiting] == [new, new]
        slot = await town.slot("card")
        assert slot is not None
        assert slot.chat == new
        assert town.failed == []


async def test_cards_of_a_moved_group_are_posted_afresh_even_if_never_touched_before(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(
            town.text(PLAIN_GROUP, "a1", slot="a"), town.text(PLAIN_GROUP, "b1", slot="b")
        )
        new = town.sim.stage.migrate(PLAIN_GROUP)
        await town.deliver(town.text(PLAIN_GROUP, "note"))
        assert await town.slot("a") is None
        await town.deliver(town.text(new, "a2", slot="a"), town.text(new, "b2", slot="b"))
        assert sorted(town.texts(new)) == ["a2", "b2", "note"]


async def test_what_was_to_be_repeated_in_a_moved_group_is_repeated_under_its_new_id(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_before", chat_id=PLAIN_GROUP))
        await town.deliver(town.text(PLAIN_GROUP, "doubtful"))
        new = town.sim.stage.migrate(PLAIN_GROUP)
        town.outbox.migrate(PLAIN_GROUP, new)
        await town.advance(10)
        assert town.texts(new) == [f"{MARK}\ndoubtful"]
        assert town.sim.world.stats.calls["sendmessage"] == 2


async def test_an_update_that_tells_of_the_move_moves_what_waits_without_a_failed_call(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(PLAIN_GROUP, "v1", slot="card"))
        await town.deliver(town.text(PLAIN_GROUP, "v2", slot="card"))
        new = town.sim.stage.migrate(PLAIN_GROUP)
        town.outbox.migrate(PLAIN_GROUP, new)
        await town.settle()
        await town.advance(10)
        assert town.texts(new) == ["v2"]
        assert town.migrated == []
