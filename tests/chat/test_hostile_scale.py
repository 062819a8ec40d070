"""What must not grow: with time, with the number of readers, with how often somebody begins."""

from collections import Counter

from handlers.broadcasting.documents import DRAFTS
from handlers.broadcasting.drafting import ENDED_KEPT
from storage.delivery import Urgency
from storage.port import DELIVERIES, SLOTS
from tests.chat.test_broadcast import TEXT, ticks
from tests.chat.town import Town


async def test_cards_whose_times_are_written_anew_for_hours_leave_one_writing_each(
    town: Town,
) -> None:
    await town.person("p_lu").types("/breakdown K12+300")
    await town.at(300)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        deliveries = await turn.find(DELIVERIES, incident=1)
    anew = [one for one in deliveries if one.urgency is Urgency.BULK]
    assert Counter(one.slot for one in anew).most_common(1)[0][1] == 1
    assert all(one.is_over for one in anew)
    # The card still says how late it is by now.
    assert any((town.clock.now() - one.at).total_seconds() <= 3600 for one in anew)


async def test_a_broadcast_leaves_no_messages_and_of_drafts_only_where_the_last_stood(
    town: Town,
) -> None:
    head = town.person("p_song")
    for _ in range(3):
        await head.types(f"/broadcast {TEXT}")
    await ticks(head, "👤 岗位：无", "调度员")
    await head.presses("👁 预览")
    await head.presses("✏️ 修改")
    await head.presses("👁 预览")
    await head.presses("📨 发送（9 人）")
    for _ in range(ENDED_KEPT + 3):
        await head.types(f"/broadcast {TEXT}")
        await head.presses("🗑 不发了")
    await town.at(3)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        assert not await turn.find(DRAFTS)
        stood = {one.slot.split("/")[3] for one in await turn.find(SLOTS) if "/draft/" in one.slot}
        assert len(stood) == ENDED_KEPT + 1
        kept = [one for one in await turn.find(DELIVERIES) if one.id.startswith("cast/")]
    assert not kept
