"""Live messages: posted once, edited after that, and only the newest text goes."""

from pathlib import Path

from bot.budget import Rates
from simulator import Fault
from storage.delivery import DeliveryState, Pin, Urgency
from tests.bot.harness import GROUP, MARK, OTHER_GROUP, QUICK, a_town


async def test_the_first_text_of_a_slot_posts_a_message_and_later_ones_edit_it(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(GROUP, "open", slot="card-1", buttons=("OK",)))
        posted = town.shown(GROUP)[0].message_id
        slot = await town.slot("card-1")
        assert slot is not None
        assert (slot.chat, slot.message_id) == (GROUP, posted)
        later = town.text(GROUP, "done", slot="card-1")
        await town.deliver(later)
        assert town.texts(GROUP) == ["done"]
        assert town.shown(GROUP)[0].labels == []
        stored = await town.stored(later)
        assert (stored.state, stored.message_id) == (DeliveryState.SENT, posted)


async def test_waiting_texts_of_a_slot_fold_into_the_last_and_keep_the_first_ones_place(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        first = town.text(GROUP, "v1", slot="card")
        second, third = (town.text(GROUP, v, slot="card") for v in ("v2", "v3"))
        other = town.text(GROUP, "other")
        await town.deliver(town.text(GROUP, "now"), first, other, second, third)
        await town.advance(5)
        assert town.texts(GROUP) == ["now", "v3", "other"]
        assert await town.state(first) is DeliveryState.FOLDED
        assert await town.state(second) is DeliveryState.FOLDED
        assert await town.state(third) is DeliveryState.SENT
        assert town.shown(GROUP)[1].earlier == []


async def test_an_urgent_text_of_a_slot_takes_an_urgent_place(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(
            town.text(GROUP, "now"),
            town.text(GROUP, "other"),
            town.text(GROUP, "v1", slot="card"),
            town.text(GROUP, "v2", Urgency.URGENT, slot="card"),
        )
        await town.advance(5)
        assert town.texts(GROUP) == ["v2", "now", "other"]


async def test_an_unchanged_text_counts_as_sent(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(GROUP, "same", slot="card"))
        again = town.text(GROUP, "same", slot="card")
        await town.deliver(again)
        assert await town.state(again) is DeliveryState.SENT
        assert town.texts(GROUP) == ["same"]
        assert town.failed == []


async def test_a_deleted_live_message_is_posted_afresh_and_edited_there_from_then_on(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(GROUP, "v1", slot="card"))
        town.sim.world.remove(town.shown(GROUP)[0])
        await town.deliver(town.text(GROUP, "v2", slot="card"))
        assert town.texts(GROUP) == ["v2"]
        await town.deliver(town.text(GROUP, "v3", slot="card"))
        assert town.texts(GROUP) == ["v3"]
        assert town.failed == []


async def test_a_live_message_that_was_no_text_is_posted_afresh(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        place = Pin(lat=30.67, lon=104.06)
        await town.deliver(town.text(GROUP, slot="where", content=place))
        await town.deliver(town.text(GROUP, "at the depot", slot="where"))
        assert town.texts(GROUP)[-1] == "at the depot"
        assert town.failed == []


async def test_a_slot_that_moves_to_another_chat_is_posted_there(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(OTHER_GROUP, "another"))
        await town.deliver(town.text(GROUP, "v1", slot="card"))
        assert town.shown(GROUP)[0].message_id == town.shown(OTHER_GROUP)[0].message_id
        await town.deliver(town.text(OTHER_GROUP, "v2", slot="card"))
        assert (town.texts(GROUP), town.texts(OTHER_GROUP)) == (["v1"], ["another", "v2"])
        await town.deliver(town.text(OTHER_GROUP, "v3", slot="card"))
        assert town.texts(OTHER_GROUP) == ["another", "v3"]


async def test_a_slot_that_moves_while_its_old_text_is_on_the_way_stays_with_the_new_chat(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, timeouts=QUICK) as town:
        town.sim.stage.set_fault(Fault("timeout_after", chat_id=GROUP))
        await town.commit(town.text(GROUP, "v1", slot="card"))
        await town.until_shown(GROUP, "v1")
        await town.commit(town.text(OTHER_GROUP, "v2", slot="card"))
        await town.until_shown(OTHER_GROUP, "v2")
        await town.settle()
        await town.advance(60)
        assert town.texts(GROUP) == ["v1"]
        await town.deliver(town.text(OTHER_GROUP, "v3", slot="card"))
        assert town.texts(OTHER_GROUP) == ["v3"]


async def test_an_old_text_that_arrives_late_in_the_old_chat_does_not_take_the_slot_back(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        late = town.slow_answer(GROUP)
        await town.commit(town.text(GROUP, "v1", slot="card"))
        await town.until_shown(GROUP, "v1")
        newer = town.text(OTHER_GROUP, "v2", slot="card")
        await town.commit(newer)
        while await town.state(newer) is not DeliveryState.SENT:
            await town.outbox.changed()
        late.set()
        await town.settle()
        await town.deliver(town.text(OTHER_GROUP, "v3", slot="card"))
        assert town.texts(OTHER_GROUP) == ["v3"]


async def test_an_edit_of_unknown_fate_is_repeated_without_a_mark(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.deliver(town.text(GROUP, "v1", slot="card"))
        town.sim.stage.set_fault(Fault("cut_before", method="editMessageText", times=5))
        edit = town.text(GROUP, "v2", slot="card")
        await town.deliver(edit)
        assert await town.state(edit) is DeliveryState.UNKNOWN
        await town.advance(200)
        assert town.texts(GROUP) == ["v2"]
        stored = await town.stored(edit)
        assert (stored.state, stored.attempts) == (DeliveryState.SENT, 6)


async def test_a_newer_text_for_a_post_of_unknown_fate_is_marked_as_it_may_stand_there_twice(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_after", chat_id=GROUP))
        await town.deliver(town.text(GROUP, "v1", slot="card"))
        await town.deliver(town.text(GROUP, "v2", slot="card"))
        await town.advance(10)
        assert town.texts(GROUP) == ["v1", f"{MARK}\nv2"]


async def test_two_live_messages_do_not_fold_into_each_other(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        await town.deliver(town.text(GROUP, "a1", slot="a"), town.text(GROUP, "b1", slot="b"))
        await town.advance(5)
        assert town.texts(GROUP) == ["a1", "b1"]
