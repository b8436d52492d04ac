"""Judge whether targets are met, and whether they are the right ones.

- `against_target`, `challenged_targets`, `part_targets`: all that, for a service;
  `unheard_targets`: which targets meet no figure?
- `target_history`: how did each period stand? `profile`: is the year on course?
  `direction`: which way since the last figure?
- `challenge`: is a target challenging and realistic? On `projection` (where do
  figures go by themselves?) and `peer_reach` (has anybody reached it?).
- `differentiated`: do targets of groups and areas fit the district's? Beside it
  `gap_targets`: has a gap closed as far as it was meant to?
"""
