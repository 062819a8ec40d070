"""Names that stand for nothing, or for two things, are told with what was likely meant."""

import pytest

from tests.plans.sound_plan import told_of

SLIPS = {
    "unknown step": (
        "    after: pump\n",
        "    after: pumpp\n",
        "steps.drive.after[1]: there is no step called pumpp. Did you mean pump?",
    ),
    "unknown step at close": (
        "when: [shut, drive, buckets]",
        "when: [shut, drive, buckets, sweep]",
        "close.when[4]: there is no step called sweep. There are: shut, pump, drive, buckets, look",
    ),
    "unknown step of any": (
        "    after: pump\n",
        "    after: {any: [pump, sweep]}\n",
        "steps.drive.after.any[2]: there is no step called sweep. There are: shut, "
        "pump, drive, buckets, look",
    ),
    "unknown anchor": (
        "after: done.shut",
        "after: done.shutt",
        "steps.pump.due.after: there is no step called shutt. Did you mean shut?",
    ),
    "unknown end of a check": (
        "until: pump\n",
        "until: pumped\n",
        "checks.dry.until: there is no step called pumped. Did you mean pump?",
    ),
    "unknown end of several": (
        "until: pump\n",
        "until: {any: [pump, pumped]}\n",
        "checks.dry.until.any[2]: there is no step called pumped. Did you mean pump?",
    ),
    "unknown check": (
        "{missed: dry}",
        "{missed: dri}",
        "steps.look.after.missed: there is no check called dri. Did you mean dry?",
    ),
    "unknown fact": (
        "when: {wet: yes}",
        "when: {damp: yes}",
        "steps.pump.when.damp: nobody is asked for damp and no step records it: there "
        "is no question called damp. There are: where, van, wet, depth, kind, valve, pump_van",
    ),
    "unknown fact of an owner": (
        "{driver_of: pump_van}",
        "{driver_of: pumpvan}",
        "steps.drive.owner.driver_of: nobody is asked for pumpvan and no step records "
        "it: there is no question called pumpvan. Did you mean pump_van?",
    ),
    "unknown subject": (
        "subject: van",
        "subject: vam",
        "subject: nobody is asked for vam and no step records it: there is no question "
        "called vam. Did you mean van?",
    ),
    "unknown role": (
        "owner: fleet_keeper",
        "owner: fleetkeeper",
        "steps.pump.owner: there is no role called fleetkeeper. Did you mean fleet_keeper?",
    ),
    "unknown role to tell": (
        "tell: [reporter, dispatcher]",
        "tell: [reporter, despatcher]",
        "steps.shut.record.valve.tell[2]: there is no role called despatcher. Did you "
        "mean dispatcher?",
    ),
    "unknown role to close": (
        "by: [dispatcher, head_distribution]",
        "by: [dispatcher, head_distributing]",
        "close.by[2]: there is no role called head_distributing. Did you mean head_distribution?",
    ),
    "unknown role to inform": (
        "subject: van",
        "subject: van\ninform: [leadre]",
        "inform[1]: there is no role called leadre. Did you mean leader?",
    ),
    "reserved step": (
        "  look:\n",
        "  close:\n",
        "steps.close: the name close has a meaning of its own here: take another",
    ),
    "reserved fact": (
        "  kind:\n",
        "  reporter:\n",
        "ask.reporter: the name reporter has a meaning of its own here: take another",
    ),
    "a fact twice": (
        "      valve:\n",
        "      kind:\n",
        "steps.shut.record.kind: kind is asked for already, at ask.kind: ask for one "
        "thing in one place; take another name, or leave it out",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_line_and_in_words(slip: str) -> None:
    old, new, told = SLIPS[slip]

    assert told_of((old, new)) == [told]


def test_the_outcome_of_a_search_needs_a_name_of_its_own() -> None:
    assert told_of(("as: pump_van}", "as: reporter}"))[0] == (
        "steps.pump.allocate.as: the name reporter has a meaning of its own here: take another"
    )
