"""Registration: a stranger sends their number, is matched or says who they are, and an
administrator lets them in."""

from tests.chat.town import Person, Town

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
    town.sees({"900001": ["岗位", "区域", "初来乍到\n☎ 861055500901\n东区驾驶员"]})
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
