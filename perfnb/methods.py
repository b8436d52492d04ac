"""House rules of method: the thresholds that a council chooses, with reasons.

Analyses take their thresholds from a `Methods`; no threshold is written in
their code. Constants of statistics (2.66, 3.267 and so on) are no house rules:
they stand, named and with their source, in the module that uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

import yaml
from pydantic import Field, create_model

from perfnb.errors import ParameterError
from perfnb.files import read_yaml, relative
from perfnb.intake_rules import IntakeRules
from perfnb.quality_rules import QualityRules
from perfnb.records import Record, check

Share = Annotated[float, Field(gt=0.5, lt=1)]
Fraction = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1, le=1000)]
Several = Annotated[int, Field(ge=2, le=1000)]

Value = TypeVar("Value")


class Rule(Record, Generic[Value]):
    """One house rule: its value, why it is so, its source and its date."""

    value: Value
    reason: str
    source: str
    decided: date


class Methods(IntakeRules, QualityRules):
    """Every house rule of method; an attribute is the rule's value.

    What each means stands in its description here and its reason in
    ``parameters/methods.yaml``, whose keys are these names.

    Attributes
    ----------
    rules : mapping of str to Rule
        The same rules with their reasons.

    Examples
    --------
    >>> methods = read_methods("parameters/methods.yaml")
    >>> methods.shift_length
    7
    >>> methods.reason("minimum_peers_for_median")
    'The middle of one or two councils is not a comparison.'
    """

    confidence: Share
    """Confidence of every interval [share]."""

    minimum_points_for_limits: Several
    """Points that a series needs before limits are drawn."""
    settled_points: Several
    """Points from which limits are no longer trial limits."""
    shift_length: Several
    """Points in a row on one side of the mean that make a shift."""
    trend_length: Several
    """Points in a row, each beyond the last, that make a trend."""
    screen_moving_ranges: bool
    """Whether moving ranges out of the ordinary are left out of limits, once."""
    minimum_points_for_slope: Several
    """Points that a series needs before its slope is tested."""
    noticeable_serial_correlation: Fraction
    """Correlation of neighbouring figures from which a page warns of it."""
    minimum_years_for_seasons: Several
    """Unbroken years of quarters that a series needs before seasons are sought."""
    strong_seasons: Fraction
    """Strength of seasons from which the limits of a series are misleading [share]."""

    minimum_points_for_forecast: Several
    """Figures that follow on one another before they are forecast."""
    forecast_periods_behind: Annotated[int, Field(ge=0, le=4)]
    """Periods due without a figure up to which a forecast is still made."""
    forecast_inner_confidence: Share
    """Confidence of the narrower of a forecast's two ranges [share]."""
    forecast_paths: Annotated[int, Field(ge=1000, le=100_000, multiple_of=2)]
    """Ways in which a year may go on that are simulated."""
    forecast_seed: Count
    """Where those draws start, so that a report can be made again."""
    likely_chance: Share
    """Chance from which a target is called likely to be met or missed [share]."""
    minimum_forecasts_for_backtest: Several
    """Earlier forecasts before their errors widen ranges or rule a model out."""
    minimum_forecast_skill: Fraction
    """Share by which a model must be nearer than last year's value to be used."""
    backtest_councils: Several
    """Councils whose earlier forecasts a report looks back on, the own one included."""

    minimum_peers_for_median: Count
    """Peers with a figure before their median is given."""
    minimum_peers_for_quartile: Count
    """Peers with a figure before their quartiles are given."""
    share_of_peers_reaching: Fraction
    """Share of peers that must reach a target before it counts as within reach."""
    minimum_peer_coverage: Fraction
    """Share of a group's members that need a figure before it is compared with."""
    minimum_areas_for_funnel: Several
    """Councils with counts before a funnel is drawn around their average."""
    funnel_inner_limit: Share
    """Confidence of the inner lines of a funnel [share]."""
    funnel_outer_limit: Share
    """Confidence of the outer lines of a funnel [share]."""
    outlying_share: Annotated[float, Field(gt=0, lt=0.5)]
    """Share of councils at each end that are pulled in before spread is estimated."""

    disclosure_rule: Literal["rounding", "suppression"]
    """How counts of people in breakdowns are protected."""
    smallest_count_shown: Several
    """Rounding: smallest count of people, other than 0, that is shown."""
    rounding_base: Several
    """Rounding: shown counts of people are to the nearest multiple of this."""
    smallest_count_suppressed: Several
    """Suppression: smallest count of people, other than 0, that is not small."""
    minimum_events_for_comparison: Count
    """Events that a group and the rest each need before they are compared."""
    false_discovery_procedure: Literal[
        "benjamini-hochberg",
        "benjamini-yekutieli",
        "bonferroni",
        "hochberg",
        "holm",
        "hommel",
    ]
    """How chance finds are kept out when many groups are compared."""
    false_discovery_rate: Fraction
    """Rate of chance finds that is tolerated among groups [share]."""
    minimum_groups_for_gradient: Annotated[int, Field(ge=3, le=100)]
    """Ordered groups with figures before a slope is laid through them."""
    gradient_repetitions: Annotated[int, Field(ge=1000, le=1_000_000)]
    """Simulated sets of figures from which the limits of a slope are read."""

    minimum_points_before_action: Several
    """Figures before an action that tell the course it could have changed."""
    minimum_points_after_action: Several
    """Figures after an action before its effect is judged."""
    periods_after_flag: Several
    """Figures after a flag that are set against the flagged one."""
    minimum_indicators_for_flags: Several
    """Indicators that the flagged and the unflagged each need to be compared."""

    target_tolerance: Fraction
    """Share of its target by which a figure may miss it and still be close [share]."""
    target_scale_factor: Annotated[float, Field(ge=2, le=100)]
    """Times the highest, or share of the lowest, figure that is a slip of scale."""

    minimum_basket_coverage: Fraction
    """Share of a basket's weight that needs a figure before it is scored."""
    basket_weight_variation: Fraction
    """Share by which each weight of a basket is varied up and down [share]."""
    basket_weight_draws: Annotated[int, Field(ge=100, le=100_000)]
    """Sets of varied weights that are tried."""
    basket_seed: Count
    """Where the draws of weights start, so that a report can be made again."""
    double_counting_correlation: Fraction
    """Correlation from which two members tell much the same thing."""
    minimum_councils_for_correlation: Annotated[int, Field(ge=5, le=1000)]
    """Councils with both figures before two members are correlated."""

    budget_tolerance: Fraction
    """Share of a budget within which a forecast is on budget [share]."""

    lead_lag_quarters: Annotated[int, Field(ge=1, le=12)]
    """Quarters by which complaints may run ahead of or behind performance."""
    minimum_quarters_for_lead_lag: Annotated[int, Field(ge=16, le=1000)]
    """Quarters with both figures, each after another, before a link is looked for."""

    rules: Mapping[str, Rule[Any]] = Field(default_factory=dict, repr=False)

    def reason(self, name: str) -> str:
        """Say why a rule is as it is.

        Raises
        ------
        ParameterError
            When there is no rule of that name.
        """
        if name not in self.rules:
            message = f"There is no house rule '{name}' with a reason."
            raise ParameterError(message)
        return self.rules[name].reason


NAMES = tuple(name for name in Methods.model_fields if name != "rules")


def _house_rules() -> type[Record]:
    """Give the model of the file: one key a rule, each with value and reason."""
    fields: dict[str, Any] = {}
    rule, bounded = cast(Any, Rule), cast(Any, Annotated)
    for name in NAMES:
        field = Methods.model_fields[name]
        kind: Any = field.annotation
        if field.metadata:
            kind = bounded[(kind, *field.metadata)]
        fields[name] = (rule[kind], ...)
    model: type[Record] = create_model("HouseRules", __base__=Record, **fields)
    return model


HouseRules = _house_rules()
"""The file of house rules: one key a rule."""


def read_methods(path: str | Path, *, folder: Path | None = None) -> Methods:
    """Read the house rules and refuse them, with every fault, when any is wrong.

    Parameters
    ----------
    path : str or pathlib.Path
        YAML file: one key per rule, each with `value`, `reason`, `source` and
        `decided`.
    folder : pathlib.Path, optional
        The workbook's folder; faults name the file relative to it.

    Returns
    -------
    methods : Methods
        Frozen.

    Raises
    ------
    ParameterError
        When the file is missing or is no YAML; when a rule is missing, unknown
        or written twice; when a value has the wrong type or no reason.

    Examples
    --------
    >>> read_methods("parameters/methods.yaml").confidence
    0.95
    """
    path, folder = Path(path), folder or Path()
    content, faults = read_yaml(path, folder=folder)
    if faults:
        raise ParameterError(faults)
    house, faults = check(content, HouseRules, name=relative(path, folder))
    if house is None:
        rows = _rows(path)
        raise ParameterError(
            replace(fault, row=rows.get(fault.column or "")) for fault in faults
        )
    rules = dict(house)
    return Methods(**{name: rules[name].value for name in NAMES}, rules=rules)


def _rows(path: Path) -> dict[str, int]:
    # `read_yaml` has read the file, but gives no rows; only they are taken here.
    tree = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    rows = {}
    for name, entry in _pairs(tree):
        rows[name.value] = name.start_mark.line + 1
        for part, _ in _pairs(entry):
            rows[f"{name.value}.{part.value}"] = part.start_mark.line + 1
    return rows


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []
