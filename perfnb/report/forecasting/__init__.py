"""Show where the year will end, and how far to trust that.

- `forecasts`: the page. Its sentences are made by `forecast_words`, its charts by
  `forecast_charts`.
- `track_records`: how good earlier forecasts were.
"""
