"""Place the council among others.

- `among_peers`: every indicator of a service, beside its peers.
- `benchmark`: where does the council stand? On `beside_peers`. Among whom
  (`peer_groups`)? Is like compared with like (`comparability`), and do the peers
  move too (`peer_gap`)?
- `funnel`: which councils lie further from the average than by chance? On
  `funnel_limits` (how far is chance?) and `overdispersion` (do they differ anyway,
  on `funnel_scales`?).
- `standardised`: and if a council's people are older than others?
"""
