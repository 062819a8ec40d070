import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.plate import find_plate, match_plates, normal_plate, show_plate

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
# Plates have no I and no O after the second sign.
SERIAL_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
plates = st.builds(
    "{}{}{}".format,
    st.sampled_from(PROVINCES),
    st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXY"),
    st.text(SERIAL_SIGNS, min_size=5, max_size=6),
)


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("浙A12345", "浙A12345"),
        ("浙a12345", "浙A12345"),
        ("浙A·12345", "浙A12345"),
        ("浙A.12345", "浙A12345"),
        ("浙A-12345", "浙A12345"),
        (" 浙 A 123 45 ", "浙A12345"),
        ("浙Ａ１２３４５", "浙A12345"),
        ("浙ad12345", "浙AD12345"),
        ("浙A・D12345", "浙AD12345"),
        ("浙AO1I45", "浙A01145"),
        ("浙A1234挂", "浙A1234挂"),
    ],
)
def test_a_plate_is_read_however_it_is_typed(typed: str, plate: str) -> None:
    assert normal_plate(typed) == plate


@pytest.mark.parametrize(
    "typed", ["", "12345", "浙12345", "浙A1234", "浙A1234567", "A12345", "车A12345", "浙A12345坏了"]
)
def test_what_is_no_plate_is_none(typed: str) -> None:
    assert normal_plate(typed) is None


@given(plates)
def test_a_plate_as_shown_is_read_back(plate: str) -> None:
    assert normal_plate(show_plate(plate)) == normal_plate(plate) == plate


@given(plates, st.sampled_from(["", " ", "·", ".", "-"]), st.booleans())
def test_case_and_separators_do_not_matter(plate: str, between: str, lower: bool) -> None:
    typed = between.join((plate[:2], plate[2:]))

    assert normal_plate(typed.lower() if lower else typed) == plate


@given(plates)
def test_a_plate_is_found_in_a_sentence(plate: str) -> None:
    assert find_plate(f"我的车{show_plate(plate)}在东环路坏了，还有12户") == plate


@pytest.mark.parametrize(
    ("sentence", "plate"),
    [
        ("浙a12345抛锚", "浙A12345"),
        ("车牌浙A 12345，堵住了", "浙A12345"),
        ("浙 A 1 2 3 4 5 坏了", "浙A12345"),
        ("浙A12345 5分钟后到", "浙A12345"),
        ("van 浙A·D12345 at K12+300", "浙AD12345"),
        ("浙江A区12345户", None),
        ("浙A1234567", None),
        ("没有车牌", None),
    ],
)
def test_sentences(sentence: str, plate: str | None) -> None:
    assert find_plate(sentence) == plate


FLEET = ("浙A10001", "浙A10002", "浙B10002", "浙AD12345")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10001", ("浙A10001",)),
        ("0001", ("浙A10001",)),
        ("１０００１", ("浙A10001",)),
        ("尾号0001", ("浙A10001",)),
        ("OOO1", ("浙A10001",)),
        ("0002", ("浙A10002", "浙B10002")),
        ("b10002", ("浙B10002",)),
        ("d12345", ("浙AD12345",)),
        ("浙A·10001", ("浙A10001",)),
        ("浙A10001 坏了", ("浙A10001",)),
        ("浙A99999", ()),
        ("001", ()),
        ("10003", ()),
        ("", ()),
        ("坏了", ()),
    ],
)
def test_the_last_characters_alone_name_a_vehicle(typed: str, meant: tuple[str, ...]) -> None:
    assert match_plates(typed, FLEET) == meant


@given(st.text(max_size=60))
def test_no_text_makes_the_readers_fail(typed: str) -> None:
    whole, inside = normal_plate(typed), find_plate(typed)

    assert inside is not None or whole is None
    assert set(match_plates(typed, FLEET)) <= set(FLEET)
