"""How long silence may last: a request climbs no faster than its first owner was given."""

from tests.plans.engine.town import Talk, plan_of

# On how much is decided, and it cannot be taken back.
ASKED = """
plan: more-salt
title: {zh: 加盐, en: More salt}
icon: 🧂
command: salt
received: {zh: 收到, en: Received}
ask:
  count: {type: number, required: true, text: {zh: 多少?, en: How many?}}
steps:
  approve:
    owner: dispatcher
    do: {zh: 批准, en: Approve}
    decide: {as: verdict, of: count, grant: granted}
    due: {in: 5 h, acknowledge: 1 h}
close: {auto: true, by: dispatcher, when: [approve]}
"""


def test_what_cannot_be_taken_back_is_no_emergency_for_that() -> None:
    talk = Talk(plan_of(ASKED))
    talk.starts("p_chang", count=20)
    assert talk.passes_to(150) == [
        "30: reminded of approve: p_an_ph",
        "60: approve to deputy: p_dai for silence; climb 120",
        "120: approve to superior: p_song for silence; climb 180",
    ]
