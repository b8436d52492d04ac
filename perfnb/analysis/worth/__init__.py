"""Weigh what a service costs against what it does.

- `value`: cost, performance and satisfaction together. On `legs` (each beside its
  peers) and `peer_spread` (who stands out?).
- `unit_costs` and `budgets`: what was spent?
"""
