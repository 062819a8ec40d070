"""What a plan can live with is told as a warning, and the plan is read all the same."""

from plans.company import Company
from tests.plans.engine.town import Town, sample_company
from tests.plans.sound_plan import told_of


def test_a_role_that_nobody_holds_in_some_region() -> None:
    written = sample_company().model_dump()
    for person in ("p_xi", "p_zhou"):
        written["people"][person]["roles"] = []

    assert told_of(company=Company.model_validate(written)) == [
        "steps.shut.owner: nobody holds dispatcher in south, west: deputies or superiors "
        "are asked at once"
    ]


def test_a_role_of_the_company_that_nobody_holds() -> None:
    assert told_of(company=Town().empties("head_distribution").company) == [
        "steps.buckets.owner: nobody holds head_distribution"
    ]


def test_roles_are_not_asked_after_where_nobody_is_yet() -> None:
    nobody = sample_company().model_copy(update={"people": {}, "vehicles": {}})
    assert told_of(company=nobody) == []


def test_a_driver_where_there_may_be_no_vehicle() -> None:
    assert told_of(("{wet: yes, pump_van: any}", "{wet: yes}")) == [
        "steps.drive.owner: when no vehicle is found this step goes to dispatcher: to "
        "avoid that add when: {pump_van: any}"
    ]


def test_the_driver_of_a_vehicle_that_was_not_found() -> None:
    assert told_of(("pump_van: none, depth", "pump_van: any, depth"), (": any}", ": none}")) == [
        "steps.drive.owner: when no vehicle is found this step goes to dispatcher: to avoid that "
        "add when: {pump_van: any}"
    ]


def test_an_answer_too_long_for_its_button() -> None:
    assert told_of(("en: Hot}", "en: Hotter than anybody can stand it}")) == [
        "ask.kind.choices.hot.en: this stands on a button, where more than 30 characters are cut"
    ]


GRADED = (
    (
        "  depth: {type: number",
        "  shop: {type: customer, text: {zh: 店?, en: Shop?}}\n  depth: {type: number",
    ),
    (
        "steps:\n  shut:",
        "gate:\n  deep:\n"
        "    when: {depth: {over: {of: shop.grade, is: {一档: 3, A: 9}, else: 3}}}\n"
        "    refuse: {zh: 太深, en: Too deep}\nsteps:\n  shut:",
    ),
)


def test_grades_that_no_customer_of_the_company_has() -> None:
    """Another company's grades, in a plan that came with the bot."""
    assert told_of(*GRADED) == [
        "gate.deep.when.depth: no customer in the company file has shop.grade A; there are: 二档, "
        "三档, 一档"
    ]


def test_grades_that_customers_have_and_a_company_whose_customers_are_not_in_the_file() -> None:
    own = (GRADED[0], (GRADED[1][0], GRADED[1][1].replace("A: 9", "三档: 9")))
    assert told_of(*own) == []
    nobody = sample_company().model_copy(update={"customers": {}})
    assert told_of(*GRADED, company=nobody) == []
