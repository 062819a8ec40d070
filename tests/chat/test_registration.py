"""Registration: a stranger sends their number, is matched or says who they are, and an
administrator lets them in."""

from pathlib import Path

from handlers.registration.register import write_person
from plans.company import Person as Registered
from tests.chat.town import Person, Town, a_town

ADMIN = "p_max"  # the sample company's IT engineer reads English


def newcomer(town: Town, phone: str = "+86 10 5550 0901", telegram: int = 900001) -> Person:
    return town.newcomer(telegram, "初来", phone)


async def unlinked(town: Town, person: str, telegram: int = 900002) -> Person:
    """Somebody of the register comes from an account that nobody has seen."""
    known = town.desk.company.people[person]
    return town.newcomer(telegram, "无名氏", known.phone or "")


async def applies(person: Person) -> None:
    """The whole form of somebody who is not in the register: a driver in the east."""
    await person.starts()
    await person.shares_own_phone()
    await person.types("初来乍到")
    await person.presses("配送中心")
    await person.presses("驾驶员")
    await person.presses("东区")
    await person.presses("✅ 提交")


async def test_somebody_new_comes_in(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    town.sees({"900001": ["请点下面的按钮发送您的手机号"]})
    await new.shares_own_phone()
    town.sees({"900001": ["手机号收到了", "请打字写您的姓名"]})
    await new.types("初来乍到")
    town.sees({"900001": ["您在哪个部门？"]})
    await new.presses("配送中心")
    await new.presses("驾驶员")
    await new.presses("东区")
    town.sees({"900001": ["岗位", "区域", "初来乍到\n☎ +861055500901\n东区驾驶员"]})
    await new.presses("✅ 提交")
    town.sees(
        {"900001": ["已交给管理员"], ADMIN: ["Application 1: 初来乍到\nAsks for: East Driver"]}
    )
    await town.person(ADMIN).presses("✅ Approve")
    town.sees({"900001": ["✅ 登记好了，初来乍到（东区驾驶员）"]})
    assert "approved by Max Packet" in town.card(town.person(ADMIN), "Application 1")
    await new.types("/mine")
    town.sees({"900001": ["您现在没有要做的事"]})


async def test_somebody_in_the_register_is_known_by_the_number(town: Town) -> None:
    moved = await unlinked(town, "p_lu")
    await moved.starts()
    await moved.shares_own_phone()
    town.sees({"900002": ["手机号", "手机号收到了", "您是 路平安（东区驾驶员），对吗？"]})
    await moved.presses("✅ 是我")
    town.sees(
        {
            "900002": ["有急事请打给调度 安排好：\n☎ +86 10 5550 0111"],
            ADMIN: ["Change of account 1: 路平安\nEast Driver"],
        }
    )


async def test_whoever_is_not_who_the_number_says_gives_a_name(town: Town) -> None:
    moved = await unlinked(town, "p_lu")
    await moved.starts()
    await moved.shares_own_phone()
    await moved.presses("不是")
    await moved.presses("用「无名氏」")
    await moved.presses("安全保卫科")
    await moved.presses("安保员")  # company-wide: no region is asked
    await moved.presses("✅ 提交")
    card = town.card(town.person(ADMIN), "Application 1")
    assert "Asks for: Security officer" in card
    assert "⚠️ On the staff list this number belongs to: 路平安 East 0101" in card


async def test_an_answered_question_keeps_its_words_and_loses_its_buttons(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    await new.shares_own_phone()
    await new.types("初来乍到")
    assert town.message(new, "写您的姓名").labels == []
    await new.presses("配送中心")
    assert town.card(new, "哪个部门") == "您在哪个部门？ ✓"
    assert town.message(new, "哪个部门").labels == []
    await new.presses("✖️ 不登记了")
    assert town.message(new, "岗位是").labels == []


async def test_whoever_reports_before_they_are_registered_hears_that_nobody_knows(
    town: Town,
) -> None:
    new = newcomer(town)
    await new.types("车坏了")
    town.sees({"900001": ["您发的没有报告给任何人"]})
    await new.starts()
    town.ignore()
    await new.types("车坏了，京A12345 在长江路")
    (answer,) = town.new()["900001"]
    assert "这句话没有报告给任何人" in answer
    assert "请马上打电话给您的调度" in answer
    assert "打字的号码" not in answer
    await new.shares_own_phone()
    await new.types("初来乍到")
    town.ignore()
    await new.types("车坏了")
    assert "登记还没完成" in town.new()["900001"][0]


async def test_only_ones_own_number_counts(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    town.ignore()
    await new.types("13800000000")
    town.sees({"900001": ["打字的号码不算"]})
    town.stage.share_contact(new.telegram, new.telegram, 700001)
    await town.a_moment()
    town.sees({"900001": ["这不是您自己的号码"]})
    town.stage.share_contact(new.telegram, new.telegram, phone="+86 10 5550 0101")
    await town.a_moment()
    town.sees({"900001": ["这不是您自己的号码"]})


async def test_the_language_is_guessed_and_can_be_changed(town: Town) -> None:
    new = town.newcomer(900003, "Newman", "+86 10 5550 0903", language="en-GB")
    await new.starts()
    town.sees({"900003": ["Hello, this is Muster"]})
    await new.types("中文")
    town.sees({"900003": ["您好，这里是"]})


async def test_going_back_and_giving_up(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    await new.shares_own_phone()
    await new.types("初来乍到")
    await new.presses("市场营销中心")
    town.ignore()
    await new.presses("‹ 返回", on="岗位")
    town.sees({"900001": ["您在哪个部门？"]})
    await new.presses("✖️ 不登记了", on="部门")
    town.sees({"900001": ["没有登记"]})
    await new.types("在吗")
    town.sees({})
    await new.starts()
    town.sees({"900001": ["第一步"]})


async def test_the_first_decision_counts(town: Town) -> None:
    new = newcomer(town)
    await applies(new)
    admin = town.person(ADMIN)
    await admin.presses("❌ Turn down")
    await admin.presses("name or post is wrong")
    town.ignore()
    shown = town.message(admin, "Turn down 初来乍到")
    query = town.stage.press(admin.telegram, shown, "not on our staff")
    await town.a_moment()
    assert town.answer_to(query) == "Max Packet has decided already."
    town.sees({})
    await new.starts()
    town.sees({"900001": ["被拒绝还不到 24 小时"]})
    await town.at(25 * 60)
    await new.starts()
    assert "第一步" in town.new()["900001"][-1]


async def test_a_number_that_two_share_is_the_administrators_to_judge(town: Town) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        for id_, name in (("p_1001", "张大"), ("p_1002", "张二")):
            write_person(turn, id_, Registered(name=name, phone="+86 10 5550 0901"))
    await applies(newcomer(town))
    admin = town.person(ADMIN)
    card = town.message(admin, "Application 1")
    assert "this number belongs to: 张大 0901、张二 0901" in card.text
    town.ignore()
    await admin.presses("It is 张二 0901")
    town.sees({"900001": ["登记好了，张二"]})


async def test_a_namesake_is_pointed_out(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    await new.shares_own_phone()
    await new.types("路 平安")
    await new.presses("配送中心")
    await new.presses("驾驶员")
    await new.presses("西区")
    await new.presses("✅ 提交")
    assert "⚠️ Of the same name: 路平安 East 0101" in town.card(town.person(ADMIN))


async def test_a_name_has_sixty_characters_at_most_on_one_line(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    await new.shares_own_phone()
    town.ignore()
    for typed in ("长" * 61, "——"):
        await new.types(typed)
    town.sees({"900001": ["请写姓名，最多 60 个字"] * 2})
    await new.types("<b>初来</b>\n乍到")
    town.sees({"900001": ["您在哪个部门？"]})
    await new.presses("安全保卫科")
    await new.presses("安保员")
    assert "<b>初来</b> 乍到" in town.card(new)


async def test_several_posts_are_asked_for(town: Town) -> None:
    new = newcomer(town)
    await new.starts()
    await new.shares_own_phone()
    await new.types("初来乍到")
    await new.presses("配送中心")
    await new.presses("驾驶员")
    await new.presses("东区")
    await new.presses("➕ 再加一个岗位")
    await new.presses("市场营销中心")
    await new.presses("客户经理")
    await new.presses("西区")
    assert "东区驾驶员、西区客户经理" in town.card(new)
    await new.presses("‹ 返回", on="东区驾驶员、西区客户经理")
    await new.presses("财务科")
    await new.presses("财务科科长")
    assert "东区驾驶员、财务科科长" in town.card(new)


async def test_a_form_survives_a_restart(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        new = newcomer(town)
        async with town.running():
            await new.starts()
            await new.shares_own_phone()
        async with town.running():
            await new.types("初来乍到")
            assert "您在哪个部门？" in town.card(new)


async def test_while_waiting_nothing_can_be_reported(town: Town) -> None:
    new = newcomer(town)
    await applies(new)
    town.ignore()
    await new.types("/breakdown 环城东路")
    town.sees({"900001": ["有急事请打公司电话"]})
