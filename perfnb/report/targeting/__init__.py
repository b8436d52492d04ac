"""Show whether targets are met, and whether they are the right ones.

- `targets`: the page. Its sentences are made by `status_words`, its charts by
  `target_charts`, its tables by `target_tables`.
- `challenge_words`: are the targets the right ones?
- `part_status`: the targets of groups and areas.
"""
