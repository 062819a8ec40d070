"""What a cell means where no other entry is needed to tell: numbers, dates, yes and no, plates.

In: a cell's text, not empty. Out: a value; WordedError with the reason. Forbidden here: names of
regions, roles and people (that is `known`).
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final, TypeVar

from plans.company.model import (
    COUNT_LIMIT,
    VEHICLE_KINDS,
    WEEKDAYS,
    ContactKind,
    GoodsClass,
    GoodsKind,
    VehicleKind,
    Weekday,
)
from plans.phone import phone_key
from plans.plate import Plate, normal_plate
from plans.tables.cells import on_one_line, written_out
from plans.text import Lang, Text, WordedError

K = TypeVar("K", bound=str)

CLEARS: Final = frozenset("-－—–无")
"""What is typed to take away what stands there; an empty cell leaves it as it is."""

CONTACT_KIND_NAMES: Final[Mapping[ContactKind, Text]] = {
    "insurer": Text(zh="保险公司", en="insurer"),
    "carrier": Text(zh="承运商", en="carrier"),
    "vendor": Text(zh="供应商", en="vendor"),
    "bureau": Text(zh="上级单位", en="bureau"),
    "manufacturer": Text(zh="生产厂家", en="manufacturer"),
    "hospital": Text(zh="医院", en="hospital"),
    "police": Text(zh="公安交警", en="police"),
    "bank": Text(zh="银行", en="bank"),
    "other": Text(zh="其他", en="other"),
}
_MORE_KIND_NAMES: Final[Mapping[str, ContactKind]] = {
    "保险": "insurer", "insurance": "insurer", "运输": "carrier", "承运": "carrier",
    "供应": "vendor", "维修": "vendor", "省局": "bureau", "主管单位": "bureau",
    "厂家": "manufacturer", "工厂": "manufacturer", "交警": "police", "公安": "police",
}  # fmt: skip
_MORE_VEHICLE_NAMES: Final[Mapping[str, VehicleKind]] = {
    "厢货": "van", "面包车": "van", "货车": "truck", "小车": "car", "小轿车": "car",
    "摩托": "motorcycle",
}  # fmt: skip
GOODS_KIND_NAMES: Final[Mapping[GoodsKind, Text]] = {
    "goods": Text(zh="货品", en="goods"),
    "part": Text(zh="配件", en="spare part"),
    "tool": Text(zh="工具", en="tool"),
}
_MORE_GOODS_KINDS: Final[Mapping[str, GoodsKind]] = {
    "货": "goods", "商品": "goods", "零件": "part", "备件": "part", "part": "part",
    "物资": "tool", "器材": "tool",
}  # fmt: skip
GOODS_CLASS_NAMES: Final[Mapping[GoodsClass, Text]] = {
    "ordinary": Text(zh="一般", en="ordinary"),
    "scarce": Text(zh="紧俏", en="scarce"),
    "controlled": Text(zh="受控", en="controlled"),
}
_MORE_GOODS_CLASSES: Final[Mapping[str, GoodsClass]] = {
    "一般货源": "ordinary", "普通": "ordinary", "紧俏货源": "scarce", "紧缺": "scarce",
    "控制": "controlled", "受控货源": "controlled",
}  # fmt: skip
WEEKDAY_NAMES: Final[Mapping[Weekday, Text]] = {
    "mon": Text(zh="周一", en="Mon"),
    "tue": Text(zh="周二", en="Tue"),
    "wed": Text(zh="周三", en="Wed"),
    "thu": Text(zh="周四", en="Thu"),
    "fri": Text(zh="周五", en="Fri"),
    "sat": Text(zh="周六", en="Sat"),
    "sun": Text(zh="周日", en="Sun"),
}
_WEEKDAYS: Final[Mapping[str, Weekday]] = {
    **{day: day for day in WEEKDAYS},
    **dict(zip("一二三四五六日", WEEKDAYS, strict=True)),
    **dict(zip("1234567", WEEKDAYS, strict=True)),
    "天": "sun",
    "monday": "mon", "tuesday": "tue", "wednesday": "wed", "thursday": "thu", "friday": "fri",
    "saturday": "sat", "sunday": "sun", "tues": "tue", "weds": "wed", "thurs": "thu",
}  # fmt: skip
_YES: Final = frozenset(("是", "y", "yes", "true", "1", "√", "✓", "对", "有"))
_YES_RETIRED: Final = frozenset(("停用", "离职", "报废", "retired", "inactive", "left"))
_YES_SPARE: Final = frozenset(("备用", "备用车", "spare"))
_NO: Final = frozenset(
    ("否", "n", "no", "false", "0", "×", "x", "不", "在职", "在用", "正常", "active")
)
_LANGUAGES: Final[Mapping[str, Lang]] = {
    "zh": "zh", "中文": "zh", "汉语": "zh", "chinese": "zh",
    "en": "en", "英文": "en", "英语": "en", "english": "en",
}  # fmt: skip
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()\-]{2,28}(?:(?:转|ext|x) ?[0-9]{1,6})?")
_EXTENSION: Final = re.compile(r"(?:转|ext|x) ?([0-9]{1,6})$")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_COUNT: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})\s*[^\d+\-.,/]{0,8}")
_DATES: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_STAFF_NUMBER: Final = re.compile(r"[a-z0-9][a-z0-9_\-]{0,37}")
_BETWEEN_NAMES: Final = re.compile(r"[;；、，,\n|]+")


def folded(text: str) -> str:
    """For comparing names: case, width and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def clears(text: str) -> bool:
    return text in CLEARS


def short(text: str, limit: int) -> str:
    """One line of at most `limit` characters."""
    line = on_one_line(text)
    if len(line) > limit:
        raise WordedError(f"太长: 最多 {limit} 个字", f"too long: at most {limit} characters")
    return line


def names(text: str, limit: int) -> tuple[str, ...]:
    """Several names in one cell, each of at most `limit` characters."""
    return tuple(dict.fromkeys(short(n, limit) for n in _BETWEEN_NAMES.split(text) if n.strip()))


def phone(text: str) -> str:
    """A number as it is dialled; Chinese mobiles with their country's code."""
    digits = written_out(text)
    if digits is None:
        raise WordedError(
            f"电话“{text:.30}”的后几位已被表格软件舍去: 请把这一列设为文本, 重新填写",
            f'the spreadsheet has dropped digits of phone "{text:.30}": make the column text and '
            "type it again",
        )
    joined = re.sub(r"[ \-]", "", digits)
    if _MOBILE.fullmatch(joined):
        return f"+86 {joined[:3]} {joined[3:7]} {joined[7:]}"
    if _PHONE.fullmatch(digits):
        return digits
    raise WordedError(f"“{text:.30}”不是电话号码", f'"{text:.30}" is not a phone number')


def same_phone(old: str | None, new: object) -> bool:
    """Whether two written numbers are dialled the same way, extensions included."""
    if old is None or not isinstance(new, str):
        return False
    extensions = [_EXTENSION.findall(number.casefold()) for number in (old, new)]
    return phone_key(old) == phone_key(new) and extensions[0] == extensions[1]


def plate(text: str) -> Plate:
    found = normal_plate(text)
    if found is None:
        raise WordedError(f"“{text:.20}”不是车牌号", f'"{text:.20}" is not a number plate')
    return found


def entry_id(text: str) -> str:
    """An id of ours as it is; a number of the company's own (staff, customer) as `n_…`."""
    written = (written_out(text) or "").casefold()
    if _ID.fullmatch(written):
        return written
    if _STAFF_NUMBER.fullmatch(written):
        return f"n_{written.replace('-', '_')}"
    raise WordedError(
        f"编号“{text:.40}”只能用字母、数字、横线",
        f'id "{text:.40}": letters, digits and dashes only',
    )


def retired(text: str) -> bool:
    return _yes_no(text, _YES_RETIRED)


def yes_no(text: str) -> bool:
    return _yes_no(text, frozenset())


def spare(text: str) -> bool:
    return _yes_no(text, _YES_SPARE)


def language(text: str) -> Lang:
    known = _LANGUAGES.get(folded(text))
    if known is None:
        raise WordedError(f"语言“{text:.20}”: 请写 中文 或 英文", f'"{text:.20}": zh or en')
    return known


def weekdays(text: str) -> tuple[Weekday, ...]:
    """“周一、周三”, “一三”, “Mon, Wed”, in the order of the week."""
    parts = [folded(part) for part in _BETWEEN_NAMES.split(text) if part.strip()]
    found: set[Weekday] = set()
    for part in parts:
        known = _WEEKDAYS.get(part)
        signs = re.sub(r"^(?:每)?(?:周|星期|礼拜)", "", part)
        days = [known] if known else [_WEEKDAYS.get(sign) for sign in signs]
        if not days or None in days:
            raise WordedError(
                f"“{text:.20}”不是星期几: 请写 周一、周三",
                f'"{text:.20}" are no days of the week: write Mon, Wed',
            )
        found.update(day for day in days if day is not None)
    return tuple(day for day in WEEKDAYS if day in found)


def count(text: str) -> int:
    """A whole number of things, at most COUNT_LIMIT; a unit may stand behind it."""
    found = _COUNT.fullmatch(written_out(text) or "")
    number = int(found[1].replace(",", "")) if found else None
    if number is None or number > COUNT_LIMIT:
        raise WordedError(
            f"“{text:.20}”不是数量: 请写 380 这样", f'"{text:.20}" is not a number of things'
        )
    return number


def goods_kind(text: str) -> GoodsKind:
    return _named(text, GOODS_KIND_NAMES, _MORE_GOODS_KINDS, "类别", "kind of goods")


def goods_class(text: str) -> GoodsClass:
    return _named(text, GOODS_CLASS_NAMES, _MORE_GOODS_CLASSES, "货源", "class of goods")


def vehicle_kind(text: str) -> VehicleKind:
    return _named(text, VEHICLE_KINDS, _MORE_VEHICLE_NAMES, "车型", "kind of vehicle")


def contact_kind(text: str) -> ContactKind:
    return _named(text, CONTACT_KIND_NAMES, _MORE_KIND_NAMES, "类别", "kind of contact")


def day(text: str) -> date:
    written = unicodedata.normalize("NFKC", text).split(" ")[0].strip()
    for form in _DATES:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
    raise WordedError(
        f"“{text:.20}”不是日期: 请写 2026-07-06", f'"{text:.20}" is not a date: write 2026-07-06'
    )


def moment(text: str) -> datetime:
    """A date with a time of the company's clock, without a zone; a date alone is its midnight."""
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    when, _, hour = written.partition(" ")
    try:
        at = time.fromisoformat(hour.zfill(5)) if hour else time()
    except ValueError:
        raise WordedError(
            f"“{text:.20}”不是时间: 请写 2026-07-06 18:00",
            f'"{text:.20}" is not a time: write 2026-07-06 18:00',
        ) from None
    return datetime.combine(day(when), at)


def degrees(text: str, most: int) -> float:
    try:
        value = float(unicodedata.normalize("NFKC", text).strip().rstrip("°"))
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise WordedError(
            f"“{text:.20}”不是经纬度: 请写 30.241 这样",
            f'"{text:.20}" is not in degrees, like 30.241',
        )
    return value


def _yes_no(text: str, yes: frozenset[str]) -> bool:
    said = folded(text)
    if said in _YES or said in yes:
        return True
    if said in _NO:
        return False
    raise WordedError(f"“{text:.20}”: 请写 是 或 否", f'"{text:.20}": write yes or no')


def _named(text: str, known: Mapping[K, Text], more: Mapping[str, K], zh: str, en: str) -> K:
    said = folded(text)
    for kind, name in known.items():
        if said in (kind, folded(name.zh), folded(name.en)):
            return kind
    if said in more:
        return more[said]
    choices = "、".join(name.zh for name in known.values())
    kinds = ", ".join(name.en for name in known.values())
    raise WordedError(
        f"没有“{text:.20}”这种{zh}, 可以写: {choices}", f'no {en} "{text:.20}"; there are: {kinds}'
    )
