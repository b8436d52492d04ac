"""Say where the year will end, and how good earlier forecasts were.

- `outlook`: all that, for every indicator of a service.
- `outturn`: where will the year end, and is its target likely to be missed? On
  `year_end` (what may still come?), `histories` (which figures make a year?),
  `year_course` (how does the year run up to it?) and `outturn_words`.
- `model_choice`: which model is fit to forecast a series? Among `forecast_models`
  (the plainest) and `smoothing`; `forecast` is what all share, on a scale of
  `stabilising`.
- `track_record`: how good were earlier forecasts? Made anew by `backtest`; what they
  ask of the next one by `calibration`.
"""
