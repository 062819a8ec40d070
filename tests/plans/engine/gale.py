"""A plan with a warning and its all-clear, broadcast.

In: nothing. Out: the plan's text. Forbidden here: anything of the library.
"""

GALE = """
plan: gale
title: {zh: 大风, en: Gale}
icon: 🌀
command: gale
received: {zh: 已收到。, en: Received.}
ask:
  strength: {type: number, required: true, text: {zh: 几级？, en: How strong?}}
steps:
  warn:
    owner: dispatcher
    do: {zh: 发预警, en: Warn}
    broadcast:
      to: {roles: [driver]}
      kind: warning
      text: {zh: "{strength} 级", en: "{strength}"}
    record:
      source: {type: text, required: true, text: {zh: 谁报的？, en: Who says so?}}
    redo_when: [strength]
    due: {in: 30 min, acknowledge: 5 min}
  watch:
    owner: dispatcher
    do: {zh: 看天气, en: Watch}
    due: {in: 5 h, acknowledge: 60 min}
  all_clear:
    after: [warn, watch]
    owner: dispatcher
    do: {zh: 解除, en: All clear}
    broadcast:
      to: {same_as: warn}
      kind: all_clear
      confirm: false
      text: {zh: 好了, en: Over}
    due: {in: 30 min, acknowledge: 5 min}
close:
  auto: true
  by: dispatcher
  when: [all_clear]
  tell_reporter: {zh: 已结束。, en: It is over.}
"""
