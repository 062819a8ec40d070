"""The table with which a new company begins: five regions, two hundred rows of people, vehicles.

In: who acts in the conversation. Out: an XLSX as a spreadsheet program writes it. Ten rows of
people are wrong, each in its own way; `MISTAKES` says which, and what is to be said of it.
"""

import io

from openpyxl import Workbook

REGIONS = {"东区": "East", "西区": "West", "南区": "South", "北区": "North", "中区": "Middle"}
NEIGHBOURS = {"东区": "中区、北区", "西区": "中区", "南区": "中区", "北区": "东区", "中区": "东区"}
PEOPLE = 200
VEHICLES_A_REGION = 4

# The administrator gives a number and a name before there is a table; the table adds the post.
FOUNDER = ("柯开局", "+86 10 5550 0201")
DISPATCHER = ("席调度", "+86 10 5550 0203")
DRIVER = ("路远行", "+86 10 5550 0202")
SPARE_DRIVER = ("代开车", "+86 10 5550 0206")
KEEPER = ("Van Keeper", "+86 10 5550 0204")  # reads English
LEADER = ("商总管", "+86 10 5550 0205")
SPARE = "浙A·20001"

_HEADINGS = ("姓名", "手机", "岗位", "区域", "语言", "停用", "核对日期", "工号")
_ACTING: tuple[tuple[str, ...], ...] = (
    (*FOUNDER, "信息技术员", ""),
    (*DISPATCHER, "调度员", "东区"),
    (*DRIVER, "驾驶员", "东区"),
    (*SPARE_DRIVER, "驾驶员", "东区"),
    (*KEEPER, "车辆管理员", "东区", "英文"),
    (*LEADER, "组长", ""),
)
# A wrong row: name, number, post, region, language, retired, checked, staff number; what is said.
_WRONG: tuple[tuple[tuple[str | float, ...], str], ...] = (
    (("错电话", "一三八零零", "驾驶员", "东区"), "“一三八零零”不是电话号码"),
    (("丢尾数", "1.39E+10", "驾驶员", "东区"), "后几位已被表格软件舍去"),
    (("错区域", "+86 10 5550 9003", "驾驶员", "火星区"), "火星区"),
    (("错岗位", "+86 10 5550 9004", "飞行员", "东区"), "飞行员"),
    (("", "+86 10 5550 9005", "驾驶员", "东区"), "缺少姓名"),
    (("同电话", FOUNDER[1], "驾驶员", "东区"), "电话相同"),
    (("缺区域", "+86 10 5550 9007", "驾驶员", ""), "区域"),
    (("错语言", "+86 10 5550 9008", "驾驶员", "东区", "法语"), "语言“法语”"),
    (("错日期", "+86 10 5550 9009", "驾驶员", "东区", "", "", "昨天"), "“昨天”不是日期"),
    (("停没有", "+86 10 5550 9010", "驾驶员", "东区", "", "是"), "名册里没有, 不用停用"),
)
# Where the wrong rows stand, as the spreadsheet counts, and what each is answered with.
MISTAKES = {20 + 15 * at: said for at, (_, said) in enumerate(_WRONG)}
ADDED = PEOPLE - len(MISTAKES) - 1  # the administrator is there already


def staff_table(people: int = PEOPLE) -> bytes:
    """The table; shorter ones keep those who act and the wrong rows that still stand in it."""
    book = Workbook()
    regions = book.active
    assert regions is not None
    regions.title = "区域"
    regions.append(["名称", "英文名", "相邻区域", "配送站", "纬度", "经度"])
    for at, (name, english) in enumerate(REGIONS.items()):
        place = (30.20 + at / 10, 120.40 + at / 10)
        regions.append([name, english, NEIGHBOURS[name], f"{name}配送站", *place])
    staff = book.create_sheet("人员")
    staff.append(_HEADINGS)
    for row in _people(people):
        staff.append(row)
    vehicles = book.create_sheet("车辆")
    vehicles.append(["车牌", "区域", "车型", "驾驶员", "备用"])
    for vehicle in _vehicles():
        vehicles.append(vehicle)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _people(count: int) -> list[tuple[str | float, ...]]:
    rows: list[tuple[str | float, ...]] = list(_ACTING)
    wrong = dict(zip(MISTAKES, (row for row, _ in _WRONG), strict=True))
    regions = list(REGIONS)
    while len(rows) < count:
        number = len(rows) + 2  # the headings are row 1
        region = regions[number % len(regions)]
        usual = (f"{region[0]}员{number:03}", f"+86 10 5550 1{number:03}", "驾驶员", region)
        rows.append(wrong.get(number, usual))
    return rows


def _vehicles() -> list[list[str]]:
    rows = [[SPARE, "东区", "厢式货车", SPARE_DRIVER[0], "是"]]
    for at, region in enumerate(REGIONS):
        for one in range(VEHICLES_A_REGION):
            driver = DRIVER[0] if (at, one) == (0, 0) else ""
            rows.append([f"浙A·3{at}{one:03}", region, "厢式货车", driver, "否"])
    return rows
