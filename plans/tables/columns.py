"""The sheets and columns there are, and all the names people give them.

In: headings as typed. Out: which column of which sheet is meant. Forbidden here: cells.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from plans.text import Text

SheetKind = Literal[
    "regions", "people", "vehicles", "customers", "contacts", "goods", "stock", "rota"
]
SHEET_KINDS: Final[tuple[SheetKind, ...]] = get_args(SheetKind)
TITLES: Final[Mapping[SheetKind, Text]] = {
    "regions": Text(zh="区域", en="Regions"),
    "people": Text(zh="人员", en="People"),
    "vehicles": Text(zh="车辆", en="Vehicles"),
    "customers": Text(zh="客户", en="Customers"),
    "contacts": Text(zh="联系人", en="Contacts"),
    "goods": Text(zh="货品", en="Goods"),
    "stock": Text(zh="库存", en="Stock"),
    "rota": Text(zh="值班", en="Rota"),
}
# How to fill the sheets in; no table.
GUIDE: Final = Text(zh="说明", en="Read me")


@dataclass(frozen=True)
class Column:
    """`names` are what else the heading may be called. A sheet without its `needed` columns is
    not recognised."""

    field: str
    name: Text
    names: tuple[str, ...] = ()
    needed: bool = False


def _column(field: str, zh: str, en: str, names: str = "", *, needed: bool = False) -> Column:
    return Column(field, Text(zh=zh, en=en), tuple(names.split()), needed)


_PHONE: Final = "手机 手机号 手机号码 联系电话 电话号码 联系方式 mobile tel telephone cell"
_REGION: Final = "所属区域 所在区域 片区 辖区 大区 area district"
_ROUTE: Final = "线路名称 路线 送货线路 配送线路 run"
_NOTE: Final = "说明 备注说明 notes remark remarks comment"
_RETIRED: Final = "停用离职 离职 是否停用 是否离职 状态 在职状态 inactive status"
_CHECKED: Final = "核对 核对时间 最近核对 lastchecked"
_ITEM: Final = "品名 货名 名称 商品 商品名称 物资 item"
_KIND: Final = "类型 种类 type category"

COLUMNS: Final[Mapping[SheetKind, tuple[Column, ...]]] = {
    "regions": (
        _column("id", "编号", "Id", "代号 区域编号 code"),
        _column("name", "名称", "Name", "区域 区域名称 region", needed=True),
        _column("english", "英文名", "English name", "英文 英文名称 english"),
        _column("neighbours", "相邻区域", "Neighbours", "邻区 相邻 neighbors", needed=True),
        _column("depot", "配送站", "Depot", "站点 仓库 车场 配送站名称"),
        _column("depot_english", "配送站英文名", "Depot in English", "站点英文名 仓库英文名"),
        _column("lat", "纬度", "Latitude", "lat"),
        _column("lon", "经度", "Longitude", "lon lng long"),
    ),
    "people": (
        _column("id", "编号", "Id", "工号 员工号 员工编号 人员编号 代号 staffnumber staffid code"),
        _column("name", "姓名", "Name", "名字 人员 人员姓名 员工 员工姓名 fullname", needed=True),
        _column("phone", "电话", "Phone", _PHONE),
        _column(
            "roles", "岗位", "Roles", "职务 职位 角色 岗位名称 role post posts position title job",
            needed=True,
        ),
        _column("region", "区域", "Region", _REGION),
        _column("language", "语言", "Language", "lang"),
        _column("routes", "熟悉线路", "Routes known", "线路 路线 routes route"),
        _column("retired", "停用", "Retired", _RETIRED),
        _column("checked", "核对日期", "Checked", _CHECKED),
    ),
    "vehicles": (
        _column("plate", "车牌", "Plate", "车牌号 车牌号码 车号 numberplate", needed=True),
        _column("region", "区域", "Region", _REGION),
        _column("kind", "车型", "Kind", f"车辆类型 {_KIND}"),
        _column("driver", "驾驶员", "Driver", "司机 驾驶人"),
        _column("spare", "备用", "Spare", "备用车 是否备用"),
        _column("route", "线路", "Route", _ROUTE),
        _column("retired", "停用", "Retired", f"报废 {_RETIRED}"),
    ),
    "customers": (
        _column("id", "编号", "Id", "客户编号 客户编码 客户代码 code customerid"),
        _column(
            "name", "客户", "Customer", "客户名称 名称 店名 商户 商户名称 姓名 name shop",
            needed=True,
        ),
        _column("region", "区域", "Region", _REGION),
        _column(
            "manager", "客户经理", "Account manager", "经理 客户经理姓名 manager", needed=True
        ),
        _column("grade", "档级", "Grade", "档位 等级 级别 客户档级 class level"),
        _column("phone", "电话", "Phone", _PHONE),
        _column("address", "地址", "Address", "经营地址 送货地址"),
        _column("route", "线路", "Route", _ROUTE),
        _column("order_days", "订货日", "Order days", "订货周期 访销日 orderday"),
        _column("lawful", "守法", "Lawful", "守法经营 是否守法"),
        _column("honest_prices", "明码实价", "Honest prices", "价格诚信 是否明码实价"),
        _column("key", "重点", "Key", "重点客户 是否重点"),
        _column("note", "备注", "Note", _NOTE),
        _column("retired", "停用", "Retired", _RETIRED),
        _column("checked", "核对日期", "Checked", _CHECKED),
    ),
    "contacts": (
        _column("id", "编号", "Id", "代号 code"),
        _column("name", "联系人", "Contact", "姓名 名称 name", needed=True),
        _column("kind", "类别", "Kind", _KIND, needed=True),
        _column(
            "organisation", "单位", "Organisation", "公司 机构 单位名称 organization company"
        ),
        _column("phone", "电话", "Phone", _PHONE, needed=True),
        _column("region", "区域", "Region", _REGION),
        _column("backup", "打不通找", "Backup", "备份 备用 备用联系人"),
        _column("note", "备注", "Note", _NOTE),
        _column("retired", "停用", "Retired", _RETIRED),
        _column("checked", "核对日期", "Checked", _CHECKED),
    ),
    "goods": (
        _column("id", "编号", "Id", "代号 货品编号 商品编号 code"),
        _column("name", "货品", "Goods", f"{_ITEM} name", needed=True),
        _column("kind", "类别", "Kind", _KIND),
        _column("class", "货源", "Class", "货源类别 紧俏 supplyclass"),
        _column("unit", "单位", "Unit", "计量单位 uom", needed=True),
        _column("retired", "停用", "Retired", _RETIRED),
    ),
    "stock": (
        _column("region", "区域", "Region", f"仓库 {_REGION}"),
        _column("goods", "货品", "Goods", _ITEM, needed=True),
        _column("count", "数量", "Count", "现有 库存 库存数量 实存 quantity stock", needed=True),
        _column("minimum", "下限", "Minimum", "最低库存 安全库存 min"),
        _column("keeper", "保管人", "Keeper", "保管员 责任人 仓库保管员"),
    ),
    "rota": (
        _column("role", "岗位", "Role", "职务 值班岗位 post", needed=True),
        _column("region", "区域", "Region", _REGION),
        _column("person", "人员", "Person", "姓名 值班人 值班员 值班人员 name", needed=True),
        _column("since", "开始", "From", "开始时间 起 从 start since", needed=True),
        _column("until", "结束", "Until", "结束时间 止 至 到 end to", needed=True),
    ),
}  # fmt: skip

# So many headings make a row of headings where the sheet's title says what it is.
_ENOUGH: Final = 2


def headed(kind: SheetKind, headings: tuple[str, ...]) -> dict[str, int]:
    """Where each column stands, by its field; the first of two with one name counts."""
    known = _BY_NAME[kind]
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = next((known[name] for name in _spellings(heading) if name in known), None)
        if field is not None:
            found.setdefault(field, place)
    return found


def kind_of(title: str, headings: tuple[str, ...]) -> SheetKind | None:
    """What a sheet with this title and these headings is: by its title if that says so, else by
    the columns it has. None: no row of headings."""
    found = {kind: headed(kind, headings) for kind in SHEET_KINDS}
    titled = next((k for k in SHEET_KINDS if set(_spellings(title)) & _TITLE_NAMES[k]), None)
    if titled is not None and len(found[titled]) >= _ENOUGH:
        return titled
    fitting = [kind for kind in SHEET_KINDS if _has_needed(kind, found[kind])]
    return max(fitting, key=lambda kind: len(found[kind]), default=None)


def _has_needed(kind: SheetKind, found: Mapping[str, int]) -> bool:
    return all(column.field in found for column in COLUMNS[kind] if column.needed)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\(.*?\)|[^\w]|_", "", text)


def _spellings(heading: str) -> tuple[str, ...]:
    """The heading, its Chinese part and its English part, without signs and brackets."""
    whole = _plain(heading)
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", whole)
    latin = re.sub(r"[^a-z]", "", whole)
    return tuple(name for name in (whole, chinese, latin) if name)


_BY_NAME: Final[Mapping[SheetKind, Mapping[str, str]]] = {
    kind: {
        _plain(name): column.field
        for column in reversed(columns)
        for name in (column.name.zh, column.name.en, column.field, *column.names)
    }
    for kind, columns in COLUMNS.items()
}
_TITLE_NAMES: Final[Mapping[SheetKind, frozenset[str]]] = {
    kind: frozenset(map(_plain, (title.zh, title.en, kind))) for kind, title in TITLES.items()
}
