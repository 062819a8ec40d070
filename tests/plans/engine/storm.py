"""A plan whose red level asks for a headquarters, and what may be said in it.

In: nothing. Out: the plan's text. Forbidden here: anything of the library.
"""

STORM = """
plan: storm
title: {zh: 大风, en: Storm}
icon: 🌀
command: storm
received: {zh: 已收到。, en: Received.}
ask:
  level:
    type: level
    required: true
    text: {zh: 几级？, en: What level?}
    choices:
      yellow: {zh: 黄色, en: yellow}
      red: {zh: 红色, en: red}
headquarters:
  when: {level: {at_least: red}}
  acting: [head_distribution, head_security]
steps:
  stop:
    owner: dispatcher
    do: {zh: 停止送货, en: Stop the deliveries}
    due: {after: reported, in: 30 min, acknowledge: 5 min}
close:
  by: duty_officer
  when: [stop]
  do: {zh: 结束, en: Close it}
  due: {in: 2 h}
  tell_reporter: {zh: 已结束。, en: It is over.}
"""

# Anybody in command may declare it; nothing is said about who acts.
FLOOD = """
plan: flood
title: {zh: 进水, en: Flood}
icon: 💧
command: flood
received: {zh: 已收到。, en: Received.}
ask:
  deep: {type: number, required: true, text: {zh: 多深？, en: How deep?}}
steps:
  pump:
    owner: dispatcher
    do: {zh: 抽水, en: Pump}
    due: {after: reported, in: 30 min, acknowledge: 5 min}
close:
  by: dispatcher
  when: [pump]
  do: {zh: 结束, en: Close it}
  due: {in: 2 h}
  tell_reporter: {zh: 已结束。, en: It is over.}
"""
