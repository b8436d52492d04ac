"""House rules are read whole or refused whole."""

from datetime import date
from pathlib import Path

import pydantic
import pytest

from perfnb import methods
from perfnb.errors import ParameterError

RULES = Path(__file__).parents[1] / "parameters" / "methods.yaml"


@pytest.fixture
def rules(tmp_path):
    """Write the house rules with a change and read them."""

    def read(old, new):
        text = RULES.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        changed = tmp_path / "methods.yaml"
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        return methods.read_methods(changed)

    return read


def test_values_are_attributes_and_have_reasons():
    house = methods.read_methods(RULES)
    assert house.confidence == 0.95
    assert house.smallest_count_shown == 8
    assert isinstance(house.shift_length, int)
    for name in methods.NAMES:
        assert house.reason(name)
        assert house.rules[name].decided >= date(2026, 11, 23)


def test_rules_are_frozen():
    house = methods.read_methods(RULES)
    with pytest.raises(pydantic.ValidationError):
        house.shift_length = 6


def test_an_unknown_reason_is_named():
    with pytest.raises(ParameterError, match="no house rule 'luck'"):
        methods.read_methods(RULES).reason("luck")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rounding_base:", "rounding:", "column rounding_base: expected a value"),
        ("rounding_base:", "luck:", "column luck: expected one of the keys "),
        ("value: 13", "value: many", 'settled_points.value has "many". Expected'),
        ("value: 13", "value: 1_3", 'has "1_3". Expected a whole number'),
        ("value: 13", "value: 13.5", 'has "13.5". Expected a whole number'),
        ("value: 0.95", "value: 95", 'has "95". Expected less than 1. Correct it.'),
        ("value: 13", "value:", "column settled_points.value: expected a value"),
        ("reason: One", "reasons: One", "confidence.reason: expected a value here"),
        ("reason: One", "reasons: One", 'confidence.reasons has "One interval'),
        (
            "value: 13",
            "value: 13\n  value: 12",
            "row 19 has \"the key 'value' twice\"",
        ),
        ("settled_points:", "confidence:", "has \"the key 'confidence' twice\""),
        ("value: 13", "value: [13", "Expected YAML"),
        ("decided: 2026-11-23", "decided: soon", 'has "soon". Expected a date'),
        ("decided: 2026-11-23", "decided: 2026-11-31", "Expected a date"),
        (
            "value: 13",
            "value: 13\n  mood: good",
            'settled_points.mood has "good". Expected one of the keys value, '
            "reason, source, decided.",
        ),
        ("confidence:\n", "confidence: high\nluck:\n", "Expected a mapping of keys"),
    ],
)
def test_mistakes_are_named(rules, old, new, words):
    with pytest.raises(ParameterError) as refused:
        rules(old, new)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["1_000", "٠.٩", ".nan", "nan", ".inf", "inf", "yes", "true", "9e-1", "[0.9]"],
)
def test_only_plain_numbers_are_numbers(rules, text):
    for old, rule in (("0.95", "confidence"), ("13", "settled_points")):
        with pytest.raises(ParameterError, match=rf"{rule}\.value has ") as refused:
            rules(f"value: {old}", f"value: {text}")
        assert len(refused.value.faults) == 1
        assert refused.value.faults[0].remedy == "Correct it."


def test_every_fault_comes_at_once_with_its_line(rules, tmp_path):
    with pytest.raises(ParameterError) as refused:
        rules("confidence:\n  value: 0.95", "luck: 1\nconfidence:\n  value: high")
    faults = refused.value.faults
    assert len(faults) >= 2
    assert all(fault.file == str(tmp_path / "methods.yaml") for fault in faults)
    found = {(fault.column, fault.found): fault.row for fault in faults}
    assert found["luck", "1"] == 5
    assert found["confidence.value", "high"] == 7


def test_the_file_is_named_as_the_analyst_knows_it(tmp_path):
    path = tmp_path / "parameters" / "methods.yaml"
    path.parent.mkdir()
    text = RULES.read_text(encoding="utf-8")
    path.write_text(text.replace("0.95", "high", 1), encoding="utf-8")
    with pytest.raises(ParameterError) as refused:
        methods.read_methods(path, folder=tmp_path)
    assert [fault.file for fault in refused.value.faults] == ["parameters/methods.yaml"]


@pytest.mark.parametrize("text", ["", "- 8\n", "eight\n"])
def test_a_file_without_rules_is_refused(tmp_path, text):
    path = tmp_path / "methods.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="xpected a mapping of keys"):
        methods.read_methods(path)


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "none.yaml"
    with pytest.raises(ParameterError, match=r"none\.yaml: expected this file to be"):
        methods.read_methods(path)
