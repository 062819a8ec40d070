from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plans.place import (
    LONGEST_PLACE_TEXT,
    Place,
    distance_km,
    map_link,
    read_place,
    to_gcj02,
)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.builds(lambda lat, lon: Place(lat=lat, lon=lon), latitudes, longitudes)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "  "},
        {"lat": 30.2},
        {"lon": 120.1, "text": "只有经度"},
        {"lat": 91, "lon": 0},
        {"lat": 0, "lon": 181},
        {"lat": float("nan"), "lon": 0},
        {"text": "长" * (LONGEST_PLACE_TEXT + 1)},
    ],
)
def test_a_place_that_says_not_where_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Place.model_validate(fields)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("k12+300", "K12+300"),
        ("K12＋300", "K12+300"),
        ("Ｋ１２＋３００", "K12+300"),
        ("K12 + 50", "K12+050"),
        ("k12加300", "K12+300"),
        ("12公里300米", "K12+300"),
        ("12 km 300 m", "K12+300"),
        ("东环路k12+300往北", "东环路K12+300往北"),
        ("东环路 12公里+300米处", "东环路 K12+300处"),
        ("g60 k8", "g60 K8"),
        ("离仓库12公里300米", "离仓库12公里300米"),
        ("  老粮库（北门）：桥下  ", "老粮库（北门）：桥下"),
    ],
)
def test_a_road_marker_is_kept_in_one_form_inside_the_text(typed: str, kept: str) -> None:
    assert read_place(typed) == Place(text=kept)


@pytest.mark.parametrize(
    ("typed", "lat", "lon"),
    [
        ("30.25,120.17", 30.25, 120.17),
        ("30.25，120.17", 30.25, 120.17),
        ("30.25 120.17", 30.25, 120.17),
        ("120.17,30.25", 30.25, 120.17),
        ("３０．２５，１２０．１７", 30.25, 120.17),
        ("北纬30.25°，东经120.17°", 30.25, 120.17),
        ("30.25N, 120.17E", 30.25, 120.17),
        ("桥头 30.2500,120.1700", 30.25, 120.17),
        ("-33.9, 18.4", -33.9, 18.4),
    ],
)
def test_typed_coordinates_are_understood_and_the_text_kept(
    typed: str, lat: float, lon: float
) -> None:
    place = read_place(typed)

    assert place is not None
    assert place.coordinates == (lat, lon)
    assert place.text


@pytest.mark.parametrize(
    "typed", ["3.5, 2 吨", "装了3.5, 2.1 吨", "200.5,120.1", "30,120", "v1.2.3 4.5.6"]
)
def test_numbers_that_are_no_coordinates_stay_text(typed: str) -> None:
    place = read_place(typed)

    assert place is not None
    assert place.coordinates is None


def test_nothing_typed_is_no_place() -> None:
    assert read_place(" \u3000\n ") is None


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_fail(typed: str) -> None:
    place = read_place(typed)

    assert place is None or len(place.text) <= LONGEST_PLACE_TEXT


def test_distance_is_that_of_the_earth() -> None:
    a, b = Place(lat=0, lon=0), Place(lat=0, lon=1)

    assert distance_km(a, b) == pytest.approx(111.2, abs=0.1)
    assert distance_km(a, Place(lat=0, lon=180)) == pytest.approx(20015, abs=1)


@given(points, points)
def test_distance_is_the_same_both_ways_and_bounded(a: Place, b: Place) -> None:
    there, back = distance_km(a, b), distance_km(b, a)

    assert there is not None
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016


def test_without_coordinates_there_is_no_distance_and_no_link() -> None:
    typed = Place(text="K12+300")

    assert distance_km(typed, Place(lat=0, lon=0)) is None
    assert map_link(typed) is None


# The published worked example for Tiananmen: WGS-84 39.9087, 116.3975.
def test_gcj02_moves_a_point_in_china_by_the_published_offset() -> None:
    assert to_gcj02(39.90734, 116.39109) == pytest.approx((39.908744, 116.397332), abs=2e-5)


@given(st.floats(19, 53), st.floats(74, 134))
def test_gcj02_in_china_is_off_by_no_more_than_a_kilometre(lat: float, lon: float) -> None:
    moved_lat, moved_lon = to_gcj02(lat, lon)
    off = distance_km(Place(lat=lat, lon=lon), Place(lat=moved_lat, lon=moved_lon))

    assert off is not None
    assert 0.001 < off < 1.0


def test_gcj02_outside_china_is_the_same_point() -> None:
    assert to_gcj02(48.8584, 2.2945) == (48.8584, 2.2945)


def test_the_map_link_carries_longitude_first_in_gcj02_and_escapes_the_text() -> None:
    link = map_link(Place(lat=30.2, lon=120.4, text="桥头 & K12+300"))

    assert link is not None
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    lon, lat = map(float, query["position"][0].split(","))
    assert parts.netloc == "uri.amap.com"
    assert (lat, lon) == pytest.approx(to_gcj02(30.2, 120.4), abs=1e-6)
    assert (lat, lon) != pytest.approx((30.2, 120.4), abs=1e-4)
    assert query["coordinate"] == ["gaode"]
    assert query["name"] == ["桥头 & K12+300"]
