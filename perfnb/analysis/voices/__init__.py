"""Hear what people say, and whether it runs ahead of performance.

- `feedback`: complaints and compliments as rates.
- `ombudsman`: how many complaints are upheld?
- `lead_lag`: do they run ahead of performance? On `whitening` (what in a series is
  new?).
"""
