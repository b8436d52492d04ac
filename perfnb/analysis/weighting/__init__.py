"""Many indicators as one score that hides none.

- `baskets`: the score. Scored among councils (`normalisation`) or from baseline to
  target (`goalposts`), which is better turned by `orientation`, weighed by
  `aggregation`; from quarter to quarter (`basket_course`).
- `leave_one_out`, `weight_ranges`: does a place on a basket (`basket_ranking`) hold
  with other members or weights?
- `double_counting`: do two members tell the same?
"""
