"""Where: coordinates from a phone, or an address or road marker somebody typed.

In: WGS-84 coordinates (what Telegram gives) and typed text. Out: `Place`, distances in kilometres,
and a map link for phones in mainland China. WGS-84 is what is kept; GCJ-02 exists only inside
`map_link`. Forbidden here: asking a map service.
"""

import math
import re
from typing import Annotated, Final, Self
from urllib.parse import urlencode

from pydantic import BaseModel, Field, StringConstraints, model_validator

from plans.text import WordedError

LONGEST_PLACE_TEXT: Final = 300
_EARTH_RADIUS_KM: Final = 6371.0088

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class Place(BaseModel, frozen=True, extra="forbid"):
    """A place by WGS-84 coordinates in degrees, by text (at most 300 characters), or both."""

    lat: Latitude | None = None
    lon: Longitude | None = None
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PLACE_TEXT)
    ] = ""

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise WordedError(
                "纬度 lat 和经度 lon 要一起写", "lat and lon belong together: give both or neither"
            )
        if self.lat is None and not self.text:
            raise WordedError("地点要有坐标或文字", "a place needs coordinates or text")
        return self

    @property
    def coordinates(self) -> tuple[float, float] | None:
        """(lat, lon) in WGS-84, or None when only text is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres, or None when either has no coordinates."""
    if a.coordinates is None or b.coordinates is None:
        return None
    (lat_a, lon_a), (lat_b, lon_b) = a.coordinates, b.coordinates
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_lat = math.sin((phi_b - phi_a) / 2) ** 2
    half_lon = math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    chord = half_lat + math.cos(phi_a) * math.cos(phi_b) * half_lon
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


# Only letters, digits and signs are narrowed: the rest of what was typed stays as it was.
_WIDE: Final = "＋－．" + "".join(
    map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
)
_NARROW: Final = {ord(wide): ord(wide) - 0xFEE0 for wide in _WIDE}
_MARKERS: Final = (
    re.compile(r"(?<![A-Za-z0-9])[Kk]\s*([0-9]{1,4})\s*[+加]\s*([0-9]{1,3})(?![0-9])"),
    re.compile(
        r"(?<![0-9.])([0-9]{1,4})\s*(?:公里|千米|km)\s*[+加零又]?\s*([0-9]{1,3})\s*(?:米|m)(?![a-z])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![A-Za-z0-9])[Kk]\s*([0-9]{1,4})()(?![0-9A-Za-z+.])"),
)
# "距仓库12公里300米" is a distance from somewhere, not a marker beside the road.
_DISTANCE_BEFORE: Final = re.compile(r"[距离][^,，。;；]{0,12}$")
_BETWEEN: Final = r"\s*°?\s*[NE]?\s*[,，;；/\s]\s*(?:东经|北纬)?\s*"
_WHOLLY_COORDINATES: Final = re.compile(
    rf"(?:东经|北纬)?\s*([+-]?[0-9]{{1,3}}\.[0-9]{{1,15}}){_BETWEEN}([+-]?[0-9]{{1,3}}\.[0-9]{{1,15}})"
    r"\s*°?\s*[NE]?",
    re.IGNORECASE,
)
# Inside other words two numbers are coordinates only when nobody would measure so finely.
_COORDINATES_AMONG_WORDS: Final = re.compile(
    rf"(?<![0-9.])([+-]?[0-9]{{1,3}}\.[0-9]{{3,15}}){_BETWEEN}([+-]?[0-9]{{1,3}}\.[0-9]{{3,15}})(?![0-9.])",
    re.IGNORECASE,
)


def read_place(text: str) -> Place | None:
    """What somebody typed, or None when nothing is left of it.

    Road markers inside the text become "K12+300". Coordinates such as "30.25,120.17" are taken as
    WGS-84, latitude first unless only the other order is possible; the text is kept as well. Text
    beyond 300 characters is cut.
    """
    typed = " ".join(text[: 8 * LONGEST_PLACE_TEXT].translate(_NARROW).split())
    for marker in _MARKERS:
        typed = marker.sub(_marker, typed)
    typed = typed[:LONGEST_PLACE_TEXT].strip()
    if not typed:
        return None
    found = _coordinates(typed)
    return Place(lat=found[0], lon=found[1], text=typed) if found else Place(text=typed)


_SPOT: Final = re.compile(r"(?<![A-Za-z0-9])K[0-9]{1,4}(?:\+[0-9]{3})?(?![0-9A-Za-z])")


def place_among(text: str) -> Place | None:
    """The place that is named among other words, which are kept with it: by a road marker or
    coordinates. None when neither is there: other words may be anything."""
    place = read_place(text)
    if place is None or (place.coordinates is None and not _SPOT.search(place.text)):
        return None
    return place


def _marker(found: re.Match[str]) -> str:
    kilometres, metres = found[1], found[2]
    if _DISTANCE_BEFORE.search(found.string[: found.start()]):
        return found[0]
    return f"K{kilometres}+{metres:0>3}" if metres else f"K{kilometres}"


def _coordinates(typed: str) -> tuple[float, float] | None:
    found = _WHOLLY_COORDINATES.fullmatch(typed) or _COORDINATES_AMONG_WORDS.search(typed)
    if found is None:
        return None
    first, second = float(found[1]), float(found[2])
    if abs(first) > 90 and abs(second) <= 90:
        first, second = second, first
    return (first, second) if abs(first) <= 90 and abs(second) <= 180 else None


# GCJ-02: the published approximation of the offset that maps in mainland China carry.
_KRASOVSKY_AXIS_M: Final = 6378245.0
_KRASOVSKY_ECCENTRICITY_SQUARED: Final = 0.00669342162296594323


def to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """WGS-84 (lat, lon) in degrees to GCJ-02, the datum of maps in mainland China.

    Outside a box around China the two agree and the input comes back unchanged.
    """
    if not (0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347):
        return lat, lon
    x, y = lon - 105.0, lat - 35.0
    radians = math.radians(lat)
    bulge = 1 - _KRASOVSKY_ECCENTRICITY_SQUARED * math.sin(radians) ** 2
    meridian = _KRASOVSKY_AXIS_M * (1 - _KRASOVSKY_ECCENTRICITY_SQUARED) / (bulge**1.5)
    parallel = _KRASOVSKY_AXIS_M / math.sqrt(bulge) * math.cos(radians)
    return (
        lat + math.degrees(_shift_north_m(x, y) / meridian),
        lon + math.degrees(_shift_east_m(x, y) / parallel),
    )


def map_link(place: Place) -> str | None:
    """A link that opens a phone's map app in mainland China at the place; None without coordinates.

    The position in the link is longitude, latitude in GCJ-02 (`coordinate=gaode`), not WGS-84.
    """
    if place.coordinates is None:
        return None
    lat, lon = to_gcj02(*place.coordinates)
    query = {"position": f"{lon:.6f},{lat:.6f}", "coordinate": "gaode", "callnative": "1"}
    if place.text:
        query["name"] = place.text[:40]
    return f"https://uri.amap.com/marker?{urlencode(query, safe=',')}"


def _shift_north_m(x: float, y: float) -> float:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return (
        shift
        + _wave(x, 6, 20, 2, 20)
        + _wave(y, 1, 20, 1 / 3, 40)
        + _wave(y, 1 / 12, 160, 1 / 30, 320)
    )


def _shift_east_m(x: float, y: float) -> float:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return (
        shift
        + _wave(x, 6, 20, 2, 20)
        + _wave(x, 1, 20, 1 / 3, 40)
        + _wave(x, 1 / 12, 150, 1 / 30, 300)
    )


def _wave(v: float, rate_a: float, size_a: float, rate_b: float, size_b: float) -> float:
    turns = v * math.pi
    return (size_a * math.sin(rate_a * turns) + size_b * math.sin(rate_b * turns)) * 2.0 / 3.0
