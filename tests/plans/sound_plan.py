"""A small sound plan to spoil, one slip at a time.

In: what is to stand there instead. Out: what the checker says. Forbidden here: assertions about it.
"""

import re

from plans.company import Company
from plans.plan_check import read_plan
from plans.yaml_source import Problems
from tests.plans.engine.town import sample_company

SOUND = """\
plan: burst-pipe
title: {zh: 水管爆裂, en: Burst pipe}
icon: 🚰
command: pipe
subject: van
received: {zh: 收到, en: Received}
ask:
  where: {type: place, required: true, text: {zh: 在哪?, en: Where?}}
  van: {type: vehicle, default: reporter, text: {zh: 哪辆车?, en: Which van?}}
  wet: {type: yes_no, required: true, text: {zh: 湿了吗?, en: Wet?}}
  depth: {type: number, required: true, text: {zh: 多深?, en: How deep?}}
  kind:
    type: choice
    text: {zh: 哪种?, en: Which?}
    choices: {hot: {zh: 热, en: Hot}, cold: {zh: 冷, en: Cold}}
steps:
  shut:
    owner: dispatcher
    do: {zh: 关阀, en: Shut the valve}
    due: {in: 10 min}
    record:
      valve:
        type: text
        required: true
        text: {zh: 哪个阀?, en: Which valve?}
        tell: [reporter, dispatcher]
  pump:
    when: {wet: yes}
    after: shut
    owner: fleet_keeper
    allocate: {pool: spare_vehicle, as: pump_van}
    do: {zh: 抽水, en: Pump}
    due: {after: done.shut, in: 1 h, acknowledge: 10 min, warn: 50%}
  drive:
    when: {wet: yes, pump_van: any}
    after: pump
    owner: {driver_of: pump_van}
    do: {zh: 送泵, en: Bring the pump}
    due: {in: 1 h}
  buckets:
    when: {wet: yes, pump_van: none, depth: {over: 5}}
    owner: head_distribution
    do: {zh: 用桶舀, en: Use buckets}
    due: {in: 1 h}
  look:
    after: {missed: dry}
    owner: dispatcher
    do: {zh: 去看看, en: Go and look}
    due: {in: 1 h}
checks:
  dry:
    owner: reporter
    ask: {zh: 干了吗?, en: Dry?}
    every: 30 min
    answer_within: 10 min
    until: pump
close:
  by: [dispatcher, head_distribution]
  when: [shut, drive, buckets]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


def told_of(*slips: tuple[str, str], company: Company | None = None) -> list[str]:
    """What the checker says, in English, with each first text replaced by the second."""
    text = SOUND
    for old, new in slips:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    read = read_plan(text, "p", company or sample_company())
    found = read.found if isinstance(read, Problems) else read.warnings
    for problem in found:
        named = re.findall(r"[a-z_]+", problem.where)[-1]
        assert named in text.splitlines()[problem.line - 1], f"not on line {problem.line}"
        assert problem.message.zh != problem.message.en
    return [f"{problem.where}: {problem.message.en}" for problem in found]
