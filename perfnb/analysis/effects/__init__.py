"""Test whether something that was done made a difference.

- `impact`: did figures take another course after an action? On `segmented` (which
  lie before, which after?), `course` (which line do they follow?) and
  `impact_words` (what may be said?).
- `flagged`: do flagged indicators do better afterwards than others? On
  `flag_episodes` (what came after each figure?).
- `regression_fit`, `event_rate_fit`, `autoregressive_fit`: which line fits best?
  On `serial_correlation` (do figures lean on one another?); `estimates` gives
  limits.
"""
