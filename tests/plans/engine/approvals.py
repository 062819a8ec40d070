"""A small plan on which somebody asks for a number of things, and what it is approved by.

In: nothing. Out: YAML. Three tiers, of which the second may decide on more than the first, and
advice before it.
"""

APPROVAL = """
plan: extra-supply
title: {zh: 加量申请, en: Extra supply}
icon: 📦
command: extra
received: {zh: 已收到申请。, en: Your request is in.}
withdraw_until: deliver
ask:
  count:
    type: number
    required: true
    text: {zh: 要多少?, en: How many?}
    label: {zh: 数量, en: Count}
    offer: [20, 60]
  what: {type: text, text: {zh: 什么场合?, en: What for?}, label: {zh: 场合, en: Occasion}}
steps:
  review:
    owner: market_manager
    do: {zh: 提出意见, en: Give advice}
    when: {count: {over: 100}}
    due: {in: 1 h}
    decide: {as: advice, of: count, advise: true}
  approve:
    owner: service_head
    do: {zh: 审批加量, en: Decide on the extra supply}
    after: [review]
    due: {in: 1 h}
    decide:
      as: decided
      of: count
      grant: granted
      tiers:
        - {role: service_head, up_to: 50}
        - {role: deputy_marketing, up_to: 200}
        - {role: head_marketing}
  prepare:
    owner: warehouse_keeper
    do: {zh: 备货, en: Prepare it}
    show: [granted]
    when: {decided: approved}
    due: {in: 2 h}
  deliver:
    owner: dispatcher
    do: {zh: 送到, en: Deliver it}
    after: [prepare]
    when: {decided: approved}
    due: {in: 4 h}
close:
  auto: true
  by: [head_marketing]
  when: [approve, prepare, deliver]
"""
