"""Plans as no sane planner would write them, which the checker lets through all the same.

In: nothing. Out: YAML. Forbidden here: a plan that cannot come to its end.
"""

_END = """
close:
  by: [dispatcher, head_distribution]
  when: [{when}]
  do: {{zh: 结束, en: Close}}
  due: {{in: 1 h}}
  tell_reporter: {{zh: 完, en: Done}}
"""


def nasty_plan(name: str, ask: str, rest: str, when: str) -> str:
    return f"""
plan: {name}
title: {{zh: 刁难, en: Nasty}}
icon: 🚧
command: nasty
received: {{zh: 收到, en: Received}}
ask:
{ask}
{rest}
{_END.format(when=when)}"""


# Steps stand in the file the other way round than they follow; one of several is enough; a choice
# of one_of, bounds on a number, what a step records decides on the next.
BACKWARDS = nasty_plan(
    "backwards",
    """
  colour:
    type: choice
    required: true
    text: {zh: 颜色?, en: Colour?}
    choices:
      red: {zh: 红, en: Red}
      blue: {zh: 蓝, en: Blue}
      none: {zh: 无, en: None}
  count: {type: number, required: true, text: {zh: 几个?, en: How many?}}
  where: {type: place, when: {colour: any}, text: {zh: 哪里?, en: Where?}}
""",
    """
steps:
  last:
    after: {any: [few, many]}
    owner: dispatcher
    do: {zh: 最后, en: Last}
    due: {after: done.many, in: 10 min}
  decided:
    when: {verdict: yes}
    after: first
    owner: {role: fleet_keeper}
    do: {zh: 定了, en: Decided}
    due: {after: done.first, in: 5 min, acknowledge: 1 min, warn: 1%}
  many:
    when: {count: {over: 5}}
    owner: security_officer
    do: {zh: 多, en: Many}
    due: {after: reported, in: 1 min, acknowledge: 1 min}
  few:
    when: {count: {at_most: 5}, colour: {one_of: [red, none]}}
    owner: reporter
    do: {zh: 少, en: Few}
    due: {in: 20 min, warn: 99%}
  first:
    when: {colour: any}
    owner: account_manager
    do: {zh: 先, en: First}
    due: {in: 30 min}
    record:
      verdict: {type: yes_no, required: true, text: {zh: 行吗?, en: Right?}}
      delay: {type: duration, ask: acknowledged, text: {zh: 多久?, en: How long?}, tell: [owner]}
  seen:
    when: {colour: any, verdict: any}
    owner: dispatcher
    do: {zh: 看, en: Look}
    due: {in: 10 min}
""",
    "last",
)

# Silence fetches vehicles; two searches; two checks, one of the other's; a search whose need is
# taken back; owners by the region and the driver of vehicles promised or named.
SEARCHING = nasty_plan(
    "searching",
    """
  out: {type: yes_no, required: true, text: {zh: 坏了吗?, en: Out of order?}}
  alone: {type: yes_no, text: {zh: 一个人吗?, en: Alone?}}
  van: {type: vehicle, default: reporter, text: {zh: 哪辆?, en: Which?}}
  where: {type: place, text: {zh: 哪里?, en: Where?}}
""",
    """
steps:
  drive:
    when: {out: yes, first_car: any}
    after: send
    owner: {driver_of: first_car}
    do: {zh: 开车, en: Drive}
    due: {after: done.send, in: 1 h}
  guide:
    when: {out: yes, first_car: any}
    owner: {role: fleet_keeper, region_of: first_car}
    do: {zh: 带路, en: Guide}
    due: {in: 1 h}
  send:
    when: {out: yes}
    owner: dispatcher
    do: {zh: 派车, en: Send}
    allocate: {pool: spare_vehicle, as: first_car}
    due: {in: 15 min}
  instead:
    when: {out: yes, first_car: none}
    owner: {driver_of: van}
    do: {zh: 另想办法, en: Another way}
    due: {in: 1 h}
  fetch:
    after: {missed: in_touch}
    when: {alone: yes}
    owner: dispatcher
    do: {zh: 接人, en: Fetch}
    allocate: {pool: spare_vehicle, as: second_car}
    due: {in: 20 min}
  walk:
    when: {second_car: none}
    owner: {role: dispatcher, region_of: van}
    do: {zh: 走路, en: Walk}
    due: {in: 20 min}
  ride:
    when: {second_car: any}
    owner: {driver_of: second_car}
    do: {zh: 同去, en: Go along}
    due: {in: 20 min}
  shout:
    after: {missed: in_touch}
    owner: head_distribution
    do: {zh: 喊话, en: Shout}
    due: {in: 20 min}
checks:
  in_touch:
    owner: reporter
    ask: {zh: 好吗?, en: All right?}
    every: 30 min
    answer_within: 10 min
    until: close
  office:
    owner: dispatcher
    ask: {zh: 在吗?, en: There?}
    every: 1 min
    answer_within: 30 s
    until: send
""",
    "drive, instead",
)

# Spread over everything there is, needed by some answers only, answered by each part.
SPREAD = nasty_plan(
    "spread",
    """
  where: {type: area, required: true, text: {zh: 哪里?, en: Where?}}
  many: {type: yes_no, required: true, text: {zh: 多吗?, en: Many?}}
""",
    """
steps:
  tell:
    when: {many: yes}
    for_each: {customers_in: where, retry: 7 min}
    owner: market_manager
    do: {zh: 通知, en: Tell}
    due: {in: 40 min}
  look:
    for_each: {regions_of: where}
    owner: dispatcher
    do: {zh: 看, en: Look}
    due: {in: 20 min}
    record:
      depth:
        type: level
        required: true
        text: {zh: 多深?, en: How deep?}
        choices: {dry: {zh: 干, en: Dry}, wet: {zh: 湿, en: Wet}, deep: {zh: 深, en: Deep}}
  all_stores:
    when: {depth: {at_least: wet}}
    for_each: {depots: true}
    owner: fleet_keeper
    do: {zh: 仓库, en: Stores}
    due: {in: 20 min}
  offices:
    after: [tell, all_stores]
    for_each: {roles: [head_finance, dispatcher]}
    owner: dispatcher
    do: {zh: 各部门, en: Offices}
    due: {in: 20 min}
""",
    "look, offices",
)

# Goods of one kind kept twice, perhaps in the same store; one of them used by whoever keeps it,
# whether or not the other has been found.
STORED = nasty_plan(
    "stored",
    """
  what: {type: goods, required: true, text: {zh: 什么?, en: What?}}
  many: {type: number, required: true, text: {zh: 多少?, en: How many?}}
  more: {type: number, text: {zh: 再要多少?, en: How many more?}}
""",
    """
steps:
  bring:
    when: {store: any}
    owner: {role: warehouse_keeper, region_of: store}
    do: {zh: 送, en: Bring}
    uses: store
    due: {in: 20 min}
  keep:
    owner: warehouse_keeper
    do: {zh: 留, en: Keep}
    allocate: {pool: stock, as: store, goods: what, quantity: many}
    due: {in: 20 min}
  keep_more:
    when: {more: any}
    owner: warehouse_keeper
    do: {zh: 再留, en: Keep more}
    allocate: {pool: stock, as: second, goods: what, quantity: more}
    due: {in: 20 min}
  neither:
    when: {store: none}
    owner: supply_manager
    do: {zh: 都没有, en: None}
    due: {in: 20 min}
  no_more:
    when: {more: any, second: none}
    owner: supply_manager
    do: {zh: 没有更多, en: No more}
    due: {in: 20 min}
""",
    "bring, neither",
)

NASTY = (BACKWARDS, SEARCHING, SPREAD, STORED)
