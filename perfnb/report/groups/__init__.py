"""Show which groups and areas fare better or worse.

- `breakdowns`: the page. Its sentences are made by `breakdown_words`, its charts by
  `group_charts`.
- `gap_words`, `gap_charts`: each group against the rest.
- `gradient_words`, `gradient_charts`: from the most deprived areas to the least.
- `inequality_tables`: how unequal groups are all together.
"""
