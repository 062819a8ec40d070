"""Spare vehicles are shared city-wide: own region, nearest region, anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.company import Company, Depot, Region, Vehicle
from plans.place import Place
from plans.roster import Roster, SpareOffer, spares
from plans.text import Text
from plans.vehicles import VehicleState
from tests.plans.small_company import small_company

NAME = Text(zh="甲", en="A")


def company(
    lats: dict[str, float | None], neighbours: dict[str, list[str]] | None = None
) -> Company:
    """Regions at these latitudes of one meridian, each with spares named after it; hq is one."""
    regions = {
        region: Region(
            name=NAME,
            neighbours=tuple((neighbours or {}).get(region, ())),
            depot=None if lat is None else Depot(name=NAME, lat=lat, lon=120),
        )
        for region, lat in lats.items()
    }
    vehicles = {
        f"{region}-{n}": Vehicle(region=region, spare=n > 0) for region in lats for n in (2, 1, 0)
    }
    return small_company().model_copy(update={"regions": regions, "vehicles": vehicles})


CITY = company({"own": 30.0, "far": 30.9, "near": 30.2, "hq": 30.1})


def asked(roster: Roster, place: Place | None = None, exclude: tuple[str, ...] = ()) -> list[str]:
    return [f"{o.tier} {o.plate}" for o in spares(roster, "own", place, exclude)]


def test_own_spares_come_first_then_the_nearest_region_s_then_the_city() -> None:
    assert asked(Roster(CITY)) == [
        "own own-1", "own own-2",
        "nearest near-1", "nearest near-2",
        "city hq-1", "city hq-2", "city far-1", "city far-2",
    ]  # fmt: skip


def test_nearest_is_measured_from_where_the_vehicle_stands() -> None:
    broken_down = Place(lat=30.8, lon=120)

    assert asked(Roster(CITY), broken_down)[:4] == [
        "own own-1", "own own-2", "nearest far-1", "nearest far-2",
    ]  # fmt: skip


def test_a_place_without_coordinates_is_taken_as_the_region_s_own_depot() -> None:
    typed = Place(text="K12+300")

    assert asked(Roster(CITY), typed) == asked(Roster(CITY))
    distances = [offer.distance_km for offer in spares(Roster(CITY), "own", typed)]
    assert distances[0] == 0
    assert distances[2] == pytest.approx(22.2, abs=0.1)


@pytest.mark.parametrize(
    "state",
    [
        VehicleState(plate="near-1", promised_to=7),
        VehicleState(plate="near-1", ready=False, note="换轮胎"),
    ],
)
def test_a_promised_or_unready_spare_is_not_offered(state: VehicleState) -> None:
    roster = Roster(CITY, vehicles={"near-1": state})

    assert "nearest near-2" in asked(roster)
    assert not any("near-1" in offer for offer in asked(roster))


def test_when_the_nearest_region_has_none_left_the_next_nearest_is_nearest() -> None:
    assert asked(Roster(CITY), exclude=("own-1", "own-2", "near-1", "near-2")) == [
        "nearest far-1", "nearest far-2", "city hq-1", "city hq-2",
    ]  # fmt: skip


def test_what_is_no_spare_is_never_offered() -> None:
    assert not any(offer.plate.endswith("-0") for offer in spares(Roster(CITY), "own"))


def test_without_distances_neighbours_come_first_and_then_the_file_s_order() -> None:
    nowhere = dict.fromkeys(("far", "own", "next", "east"))
    city = company(nowhere, {"own": ["next"], "next": ["own"]})

    assert asked(Roster(city))[2:] == [
        "nearest next-1", "nearest next-2",
        "city far-1", "city far-2", "city east-1", "city east-2",
    ]  # fmt: skip


def test_a_region_without_a_known_depot_comes_after_those_with_one() -> None:
    city = company({"unknown": None, "own": 30.0, "near": 30.2})

    assert asked(Roster(city))[2:] == [
        "nearest near-1", "nearest near-2", "city unknown-1", "city unknown-2",
    ]  # fmt: skip


def test_an_incident_of_no_known_region_still_finds_the_nearest_spare() -> None:
    offers = spares(Roster(CITY), "nowhere", Place(lat=30.0, lon=120))

    assert [offer.tier for offer in offers[:2]] == ["nearest", "nearest"]
    assert offers[0].plate == "own-1"


def test_the_offer_names_the_driver_who_brings_it() -> None:
    offers = spares(Roster(small_company()), "east")

    assert [(o.plate, o.region, o.driver, o.tier) for o in offers] == [
        ("浙A10002", "north", "p_north", "nearest"),
        ("浙A10003", "hq", "p_top", "city"),
    ]


@given(
    st.sets(st.sampled_from(list(CITY.vehicles))),
    st.sets(st.sampled_from(list(CITY.vehicles))),
    st.none() | st.builds(Place, lat=st.floats(29, 31), lon=st.floats(119, 121)),
)
def test_every_free_spare_is_offered_once_and_tiers_never_go_back(
    promised: set[str], excluded: set[str], place: Place | None
) -> None:
    states = {plate: VehicleState(plate=plate, promised_to=1) for plate in promised}
    offers: tuple[SpareOffer, ...] = spares(Roster(CITY, vehicles=states), "own", place, excluded)

    free = {plate for plate, vehicle in CITY.vehicles.items() if vehicle.spare}
    assert {offer.plate for offer in offers} == free - promised - excluded
    tiers = [("own", "nearest", "city").index(offer.tier) for offer in offers]
    assert tiers == sorted(tiers)
    assert len({offer.region for offer in offers if offer.tier == "nearest"}) <= 1
    assert all(offer.tier == "own" for offer in offers if offer.region == "own")
    assert all(offer.tier == "city" for offer in offers if offer.region == "hq")
