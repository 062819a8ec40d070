"""A company small enough to see whole: three regions, a chain of four roles, four vehicles."""

from plans.company import Company, CompanyFile, read_company
from plans.yaml_source import Problems

SMALL = """\
company:
  name: {zh: 小公司, en: Small company}
  time_zone: Asia/Shanghai
  headquarters: hq
reminders: {acknowledge: 5 min, remind: 50%, climb_every: 5 min, repeat_every: 10 min}
command: [leader]
regions:
  east:
    name: {zh: 东区, en: East}
    neighbours: [north]
    depot: {name: {zh: 东站, en: East depot}, lat: 30.0, lon: 120.0}
  north:
    name: {zh: 北区, en: North}
    neighbours: [east]
    depot: {name: {zh: 北站, en: North depot}, lat: 31.0, lon: 120.0}
  hq:
    name: {zh: 总部, en: Headquarters}
    depot: {name: {zh: 车场, en: Yard}, lat: 30.1, lon: 120.0}
departments:
  distribution: {name: {zh: 配送, en: Distribution}}
  security: {name: {zh: 安保, en: Security}}
roles:
  leader: {name: {zh: 组长, en: Leader}, department: security, scope: company}
  head: {name: {zh: 主任, en: Head}, department: distribution, scope: company, reports_to: leader}
  dispatcher: {name: {zh: 调度, en: Dispatcher}, department: distribution, reports_to: head}
  driver: {name: {zh: 司机, en: Driver}, department: distribution, reports_to: dispatcher}
people:
  p_top: {name: 顶梁柱, telegram: 11, roles: [{role: leader}]}
  p_head: {name: 领头羊, telegram: 12, roles: [{role: head}, {role: leader, as: deputy}]}
  p_east: {name: 调得动, telegram: 21, roles: [{role: dispatcher, region: east}]}
  p_vice: {name: 代得好, telegram: 22, roles: [{role: dispatcher, region: east, as: deputy}]}
  p_wheel: {name: 开得稳, telegram: 23, phone: "5550 0123", roles: [{role: driver, region: east}]}
  p_north: {name: 北面来, telegram: 31, roles: [
    {role: dispatcher, region: north}, {role: driver, region: north}]}
  p_paper: {name: 没手机, language: en}
groups:
  - {id: east_group, title: 东区群, department: distribution, region: east, chat: -101}
  - {id: security_group, title: 安保群, department: security, chat: -102, language: en}
vehicles:
  浙A10001: {region: east, driver: p_wheel}
  浙A10002: {region: north, driver: p_north, spare: true}
  浙A10003: {region: hq, driver: p_top, spare: true}
  浙A10004: {region: north, driver: p_north}
"""


def changed(old: str, new: str) -> str:
    """SMALL with one piece, which must stand there once, replaced."""
    assert SMALL.count(old) == 1, f"{old!r} stands there {SMALL.count(old)} times"
    return SMALL.replace(old, new)


def read(text: str = SMALL) -> CompanyFile:
    found = read_company(text, "company.yaml")
    assert not isinstance(found, Problems), found.said("en")
    return found


def small_company(text: str = SMALL) -> Company:
    return read(text).company
