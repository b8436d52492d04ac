"""Keep back the counts of people that may not be shown.

- `disclosure`: the gate, by `rounding` or by `suppression`, as the
  `disclosure_rule` says; groups by themselves or in `protected_tables`.
- `protection`: hide until the attack fails. On `complements` (which further
  figures?), `knowledge` (what does a reader know?), `attack` (what could a reader
  work out?), `tables` and `figures` (what adds up to what?).
"""
