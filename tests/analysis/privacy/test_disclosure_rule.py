"""The rule that the council has chosen."""

import pytest

from perfnb.analysis.privacy import rounding, suppression
from perfnb.analysis.privacy.disclosure_rule import in_force, rule, slack
from perfnb.analysis.privacy.knowledge import Scheme


@pytest.mark.parametrize(
    ("name", "room", "scheme", "loose"),
    [
        ("rounding", rounding, Scheme(8, 5), 2),
        ("suppression", suppression, Scheme(5, 1), 0),
    ],
)
def test_the_house_rule_chooses(methods, name, room, scheme, loose):
    chosen = methods.model_copy(update={"disclosure_rule": name})
    assert in_force(chosen) == (scheme, room.hidden_groups)
    assert slack(chosen) == loose


def test_each_rule_is_said_with_its_own_numbers(methods):
    update = {"smallest_count_shown": 6, "rounding_base": 3}
    said = rule(methods.model_copy(update=update))
    assert "1 to 5 people" in said
    assert "nearest 3" in said
    update = {"disclosure_rule": "suppression", "smallest_count_suppressed": 10}
    said = rule(methods.model_copy(update=update))
    assert "1 to 9 people" in said
    assert "shown as they are" in said
