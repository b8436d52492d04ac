"""Find the groups and areas that fare better or worse.

- `between_groups`: every indicator of a service, of its `group_counts`, `parts` and
  `areas` (small areas pooled).
- `diversity`: do groups of people fare differently? On `gaps` (each group against
  the rest, by `differences` and `ratios`), `group_verdicts` and `false_discovery`
  (which stand out among many?) and `rounded` (for every count that is possible).
- `gradient`: do people fare worse the more deprived their area? On `inequality`.
- `inequality_summary`: how unequal are groups all together? By
  `inequality_measures`.
- `gap_change`: did a group come nearer to the rest?
"""
