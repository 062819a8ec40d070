"""A broadcast to three hundred, with Telegram's limits: everybody accounted for, in the limits' own
time; what is urgent is not held up by it; nothing is lost when the process is killed."""

from datetime import timedelta
from pathlib import Path

from bot.settings import SAMPLE_COMPANY
from plans.broadcast import tally
from simulator import Limits
from tests.chat.test_broadcast import TEXT, readers, ticks
from tests.chat.town import Town, a_town

COUNT = 300
# Ten seconds at thirty a second. A tenth more is allowed; half of that must do.
LIMITS_OWN_TIME_S = 10 * 1.05


def a_big_company(folder: Path) -> Path:
    """The sample company with three hundred more inspectors."""
    people = "".join(
        f"  m_{n}: {{name: 群众{n}, telegram: {810_000 + n}, phone: '+86 10 5551 {n:04}', "
        "language: zh, roles: [{role: inspector}]}\n"
        for n in range(COUNT)
    )
    company = SAMPLE_COMPANY.read_text("utf-8").replace("\npeople:\n", f"\npeople:\n{people}", 1)
    made = folder / "big.yaml"
    made.write_text(company, encoding="utf-8")
    return made


async def previewed(town: Town) -> str:
    """Ready to be sent; returns the button that sends."""
    head = town.person("p_ding")
    await head.types(f"/broadcast {TEXT}")
    await head.presses("👤 岗位：无")
    await head.presses("2/3 ›")
    await head.presses("3/3 ›")
    await head.presses("▫️ 督察员")
    await head.presses("‹ 返回")
    await head.presses("📢 通知（按一下换）")
    await head.presses("👁 预览")
    return next(b for b in town.message(head, "👁 预览").labels if "📨" in b)


async def send(town: Town) -> None:
    head = town.person("p_ding")
    label = await previewed(town)
    town.stage.press(head.telegram, town.with_button(head.telegram, label, ""), label)
    await town.settle()


def told(town: Town) -> dict[int, int]:
    """How often each of the three hundred was written to."""
    chats = [810_000 + n for n in range(COUNT)]
    return {chat: len(town.sim.world.messages(chat, by_bot=True)) for chat in chats}


async def test_three_hundred_in_the_limits_own_time_and_a_result_for_each(tmp_path: Path) -> None:
    company = a_big_company(tmp_path)
    async with a_town(tmp_path, company=company, limits=Limits.strict()) as town, town.running():
        for n in range(0, 40, 10):
            town.stage.block(810_000 + n)
        await send(town)
        await town.clock.advance(LIMITS_OWN_TIME_S)
        await town.settle()
        assert sum(told(town).values()) == COUNT - 4
        await town.at(town.minute() + 0.2)
        known = await readers(town)
        counted = tally(known.values())
        assert (counted.all, counted.sent, counted.unreachable) == (302, 298, 4)
        assert counted.is_out
        lost = {person for person, reader in known.items() if reader.why == "blocked"}
        assert lost == {"m_0", "m_10", "m_20", "m_30"}
        card = town.card(town.person("p_ding"), "📣 第 1 条")
        assert "已发 298/302 · 确认 0 · 联系不上 4" in card
        assert not [one for one in town.sim.world.stats.too_many if not one.scripted]


async def test_an_escalation_in_the_midst_goes_out_within_a_second(tmp_path: Path) -> None:
    company = a_big_company(tmp_path)
    async with a_town(tmp_path, company=company, limits=Limits.strict()) as town, town.running():
        await town.person("p_lu").types("/breakdown 环城东路")
        label = await previewed(town)
        incident = await town.incident(1)
        climbs_at = min(s.climb_at for s in incident.steps.values() if s.climb_at is not None)
        begin_at = climbs_at - timedelta(seconds=3)
        await town.clock.advance((begin_at - town.clock.now()).total_seconds())
        head = town.person("p_ding")
        town.stage.press(head.telegram, town.with_button(head.telegram, label, ""), label)
        await town.settle()
        town.ignore()
        await town.clock.advance(4.0)
        await town.settle()
        assert 0 < sum(told(town).values()) < COUNT  # it is under way
        escalated = [text for texts in town.new().values() for text in texts if "没有应答" in text]
        assert escalated


async def test_killed_in_the_midst_it_goes_on_with_the_others(tmp_path: Path) -> None:
    company = a_big_company(tmp_path)
    async with a_town(tmp_path, company=company, limits=Limits.telegram()) as town:
        async with town.running():
            await send(town)
            await town.clock.advance(4)
            before = sum(told(town).values())
            assert 0 < before < COUNT
        async with town.running():
            await town.at(town.minute() + 1)
            times = told(town).values()
            assert min(times) == 1
            assert sum(times) - COUNT <= 16  # what was in flight
            counted = tally((await readers(town)).values())
            assert (counted.all, counted.sent) == (302, 302)


async def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        head = town.person("p_song")
        async with town.running():
            await head.types(f"/broadcast {TEXT}")
            await ticks(head, "👤 岗位：无", "组长")
        async with town.running():
            await head.types("/broadcast")
            assert f"文字：{TEXT}\n发给：1 人" in town.card(head, "📣 群发")
