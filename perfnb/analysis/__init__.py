"""Reckon: pure functions from frames to frames and frozen results.

Nothing here reads a file, draws, or looks at the clock. Thresholds come in
from `perfnb.methods.Methods`.

- `intervals`: how sure is a figure? `exact_intervals`: and how sure if it stands on
  few cases? `standardised`: and if its people are older than others?
- `trend`: did a series change, or does it only vary? On `segments` (where are
  gaps?), `eras` (where do limits start anew?), `process_limits` (how far do figures
  vary by chance?) and `special_causes` (which are more than chance?).
- `assurance`: will the target be met as a matter of course, or by luck?
- `year_on_year`: how does a figure compare with the same period a year before?
- `seasonality`: do quarters differ every year? On `decomposition` (trend, seasons and
  the rest).
- `slope`: how fast do figures rise or fall? On `pair_slopes` (slopes between all
  pairs) and `mann_kendall` (are they more than chance?).
- `count_charts`: is a count beyond what chance makes of counts? On `runs` (do figures
  stay on one side too long?).
- `year_to_date`: how much has come together since April?
- `outturn`: where will the year end, and is its target likely to be missed? On
  `year_end` (what may still come?), `histories` (which figures make a year?),
  `year_course` (how does the year run up to it?) and `outturn_words`.
- `model_choice`: which model is fit to forecast a series? Among `forecast_models` (the
  plainest) and `smoothing`; `forecast` is what all share, on a scale of `stabilising`.
- `track_record`: how good were earlier forecasts? Made anew by `backtest`; what they
  ask of the next one by `calibration`. `outlook`: all that for a service.
- `benchmark`: where does the council stand among its peers?
  Among whom (`peer_groups`)? Is like compared with like (`comparability`), and do
  the peers move too (`peer_gap`)?
- `funnel`: which councils lie further from the average than by chance? On
  `funnel_limits` (how far is chance?) and `overdispersion` (do they differ anyway, on
  `funnel_scales`?).
- `diversity`: do groups of people fare differently? On `gaps` (each group against
  the rest, by `differences` and `ratios`), `group_verdicts` and `false_discovery`
  (which stand out among many?) and `rounded` (for every count that is possible).
- `gradient`: do people fare worse the more deprived their area? On `inequality`.
- `inequality_summary`: how unequal are groups all together? By `inequality_measures`.
- `gap_change`: did a group come nearer to the rest?
- `between_groups`: all that for a service, of its `group_counts` (`areas`: small areas
  pooled).
- `disclosure`: which counts of people may be shown? By `rounding` or by
  `suppression`, as the `disclosure_rule` says, groups by themselves or in
  `protected_tables`. On `protection` (hide until the attack fails), `complements`
  (which further figures?), `knowledge` (what does a reader know?), `attack` (what
  could a reader work out?), `tables` and `figures` (what adds up to what?).
- `verdicts`: which side is good, and is the distance real?
- `targets`: which target is in force for a figure? On it `attainment` (is it met?),
  `target_history` (how did each period stand?), `profile` (is the year on course?)
  and `direction` (which way since the last figure?).
- `challenge`: is a target challenging and realistic? On `projection` (where do
  figures go by themselves?) and `peer_reach` (has anybody reached it?).
- `differentiated`: do targets of groups and areas fit the district's? Beside it
  `gap_targets`: has a gap closed as far as it was meant to?
- `against_target`, `challenged_targets`, `part_targets`: all that, for a service;
  `unheard_targets`: which targets meet no figure?
- `impact`: did figures take another course after an action? On `segmented` (which
  lie before, which after?), `course` (which line do they follow?) and
  `impact_words` (what may be said?).
- `flagged`: do flagged indicators do better afterwards than others? On
  `flag_episodes` (what came after each figure?).
- `regression_fit`, `event_rate_fit`, `autoregressive_fit`: which line fits best?
  On `serial_correlation` (do figures lean on one another?); `estimates` gives
  limits.
- `baskets`: many indicators as one score that hides none. Scored among councils
  (`normalisation`) or from baseline to target (`goalposts`), which is better turned
  by `orientation`, weighed by `aggregation`; from quarter to quarter
  (`basket_course`).
- `leave_one_out`, `weight_ranges`: does a place on a basket (`basket_ranking`) hold
  with other members or weights? `double_counting`: do two members tell the same
  (`correlations`)?
- `value`: is a service worth its cost? On `legs` (cost, performance and satisfaction,
  each beside its peers), `peer_spread` (who stands out?), `unit_costs` and `budgets`
  (what was spent?), `periods` (are figures of the same days?) and `spread` (do
  figures differ at all?).
- `feedback`: complaints and compliments as rates (`counts`: are they counts?).
  `ombudsman`: how many are upheld? `lead_lag`: do they run ahead of performance? On
  `whitening` (what in a series is new?).
- `frames`: are columns and numbers as they should be?
- `findings`: each method, applied to every indicator of a report.
"""
