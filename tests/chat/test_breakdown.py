"""A driver's breakdown, from the phone to the closed incident."""
from pathlib import Path
from tests.chat.town import a_town, _pretty


async def test_it(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town, town.running():
        driver = town.person("p_lu"); disp = town.person("p_an_ph"); spare=town.person("p_bei") if "p_bei" in town.desk.company.people else None
        async def show(t): print("=====", t, town.minute(), _pretty(town.new()))
        await driver.shares_place(30.2, 120.4); await show("share")
        await driver.presses("🚚 车坏了"); await show("pressed")
        await driver.presses("是"); await show("blocked yes")
        await driver.presses("轮胎"); await show("tyre")
        await driver.types("八"); await show("stops bad")
        await driver.types("８"); await show("stops")
        print(await disp.presses("①🙋 我来", in_group="east_distribution")); await show("ack")
        print(town.first_card("east_distribution"))
        print(await disp.presses("✅ 完成", on="派备用车")); await show("done")
        drv = [p for p,x in town.desk.company.people.items() if x.name=="贝用心"][0]
        spare=town.person(drv)
        print(await spare.presses("🙋 我来")); await show("spare ack")
        await spare.types("40分钟"); await show("eta")
        await town.at(20); await show("20")
        fk=town.person("p_xiu")
        print(await fk.presses("✅ 完成")); await show("repair done pressed")
        await fk.types("东门汽修厂，明天下午"); await show("repair")
        await driver.presses("✅ 完成"); await show("safe")
        so = town.person("p_shi"); await so.presses("✅ 完成"); await show("way")
        await town.at(45); await show("45")
        await spare.presses("✅ 完成"); await show("taken over")
        print(await disp.presses("✅ 完成", on="结束")); await show("close")
        print(town.first_card("east_distribution"))
        print(await disp.presses("🙋 我来", on="派备用车") if 0 else "")
        await disp.types("/incident 1"); await show("inc")
