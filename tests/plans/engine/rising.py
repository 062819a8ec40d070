"""A plan that rises and falls, waits and does things again.

In: nothing. Out: YAML. Forbidden here: a plan that cannot come to its end.
"""

from tests.plans.engine.nasty_plans import nasty_plan

# Levels that come and go under steps that are taken; moments that are corrected; a step that is
# put off twice over; what is done again and again; bounds that follow a customer's grade.
RISING = nasty_plan(
    "rising",
    """
  level:
    type: level
    required: true
    text: {zh: 几级?, en: Which level?}
    choices: {low: {zh: 低, en: Low}, mid: {zh: 中, en: Middle}, high: {zh: 高, en: High}}
  who: {type: customer, text: {zh: 谁?, en: Who?}}
  count: {type: number, text: {zh: 几个?, en: How many?}}
  from_when: {type: time, text: {zh: 几时起?, en: From when?}}
  by_when: {type: time, text: {zh: 几时要?, en: By when?}}
  where: {type: area, text: {zh: 哪里?, en: Where?}}
""",
    """
gate:
  unlawful: {when: {who.lawful: no}, refuse: {zh: 不守法, en: Not lawful}}
  too_many:
    when: {level: low, count: {over: {of: who.grade, is: {二档: 5}, else: 50}}}
    refuse: {zh: 太多, en: Too many}
steps:
  last:
    when: {level: {below: high}}
    after: load
    owner: dispatcher
    do: {zh: 最后, en: Last}
    not_before: {in: 20 min}
    due: {after: known.count, in: 10 min}
  load:
    when: {level: {at_least: mid}}
    owner: fleet_keeper
    do: {zh: 装车, en: Load}
    not_before: {fact: from_when}
    works_out: {order_day: {order_day_of: who}}
    due: {before: by_when, in: 30 min}
    redo_when: [count, by_when]
  call:
    when: {level: {at_least: mid}}
    for_each: {customers_in: where, retry: 30 min}
    owner: market_manager
    do: {zh: 打电话, en: Call}
    due: {by: "18:00"}
  spare:
    when: {level: high}
    owner: dispatcher
    do: {zh: 派车, en: Send a spare}
    allocate: {pool: spare_vehicle, as: van}
    due: {working_days: 1}
  without:
    when: {level: high, van: none}
    owner: reporter
    do: {zh: 没车, en: Do without}
    due: {in: 20 min}
    redo_when: [level]
  grade:
    when: {level: high, count: {over: {of: who.grade, is: {一档: 1}, else: 5}}}
    owner: security_officer
    do: {zh: 看看, en: Have a look}
    due: {in: 10 min}
""",
    "last, load, call, without",
)
