"""The page that says whether the figures of a council can be relied on.

- `answers`: the sentence that it opens with; `tasks`: who must do
  what, set out by `task_tables`.
- `tables`: ratings, what came and when. `checks`: do figures hold
  together, where do they come from, and what lies about?
- `findings`: what is wrong in the returns, without a count of people
  (`finding_words`).

The rating of an indicator, as every other page shows it: `perfnb.report.quality_words`.
"""
