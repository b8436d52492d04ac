"""Show how a service did over time.

- `trends`: the page. Its sentences are made by `trend_words` and `course_words` (how a
  year runs), its charts by `trend_charts`, its tables by `trend_tables`.
"""
