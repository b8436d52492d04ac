"""Tell whether a series changed or only varies.

- `over_time`: every indicator of a service, judged over time.
- `trend`: did a series change? On `eras` (where do limits start anew?) and
  `special_causes` (which figures are more than chance?).
- `assurance`: will the target be met as a matter of course, or by luck?
- `year_on_year`: how does a figure compare with the same period a year before?
- `seasonality`: do quarters differ every year? On `decomposition` (trend, seasons
  and the rest).
- `slope`: how fast do figures rise or fall? On `pair_slopes` (slopes between all
  pairs) and `mann_kendall` (are they more than chance?).
- `count_charts`: is a count beyond what chance makes of counts? On `runs` (do
  figures stay on one side too long?).
- `year_to_date`: how much has come together since April?
"""
