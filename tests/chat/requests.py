"""A request to be filled in on one screen: goods for a customer, with who is refused and why.

In: nothing. Out: a plan in words, a town that has it, what stands on the form. Forbidden here:
assertions.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.chat.own_plans import folder_of
from tests.chat.town import Person, Town, a_town

REQUEST = """\
plan: extra-goods
title: {zh: 加货申请, en: Extra goods}
icon: 📦
command: extra
words: {zh: [加货], en: [extra goods]}
form: true
received: {zh: 收到申请。, en: Your request is received.}
ask:
  customer:
    {type: customer, required: true, text: {zh: 哪个客户？, en: Which customer?},
     label: {zh: 客户, en: Customer}}
  goods:
    {type: goods, required: true, text: {zh: 要什么货？, en: Which goods?},
     label: {zh: 货品, en: Goods}}
  quantity:
    {type: number, required: true, text: {zh: 要多少？, en: How many?},
     label: {zh: 数量, en: Quantity}, offer: [5, 10, 20, 50]}
  occasion:
    type: choice
    required: true
    text: {zh: 什么事？, en: What for?}
    label: {zh: 事由, en: Occasion}
    choices:
      wedding: {zh: 婚宴, en: Wedding}
      birthday: {zh: 生日, en: Birthday}
      meeting: {zh: 会议, en: Meeting}
      other: {zh: 其他, en: Other}
  which:
    {type: text, required: true, when: {occasion: other}, label: {zh: 什么事, en: What},
     text: {zh: 是什么事？, en: What is it?}}
  needed:
    {type: time, required: true, text: {zh: 什么时候要？, en: Needed when?},
     label: {zh: 何时要, en: Needed}}
  note:
    {type: text, text: {zh: 还有什么要说的？, en: Anything else?}, label: {zh: 备注, en: Note}}
gate:
  unlawful:
    when: {customer.lawful: "no"}
    refuse: {zh: 只给守法的客户加货。, en: Only customers who keep the law get extra goods.}
  scarce:
    when: {goods.class: {one_of: [scarce, controlled]}}
    refuse: {zh: 紧俏和管控的货不能加。, en: Scarce and controlled goods are not given out.}
  too_many:
    when: {quantity: {over: 100}}
    refuse: {zh: 一次最多 100。, en: At most 100 at a time.}
  too_many_for_a_birthday:
    when: {occasion: birthday, quantity: {over: {of: customer.grade, is: {二档: 30}, else: 20}}}
    refuse: {zh: 生日用不了这么多，请减少。, en: Too many for a birthday; ask for fewer.}
steps:
  approve:
    owner: market_manager
    do: {zh: 看看这份申请, en: Look at the request}
    show: [customer, goods, quantity, occasion, needed]
    due: {in: 2 h, acknowledge: 1 h}
close:
  by: market_manager
  when: [approve]
  do: {zh: 结束申请, en: Close the request}
  due: {in: 2 h}
  tell_reporter: {zh: 申请办完了。, en: Your request is done.}
"""
FORM = "加货申请"


@asynccontextmanager
async def a_town_of_requests(tmp_path: Path, *more: str) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, REQUEST, *more)
    async with a_town(tmp_path, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


def form_of(town: Town, person: Person, title: str = FORM) -> list[str]:
    """The lines of the person's newest form."""
    return town.card(person, title).splitlines()
