"""Show where the council stands among others.

- `benchmarks`: the page, and `benchmark_answer` its first sentence. On
  `benchmark_words`, `peer_group_words`, `peer_charts` and `peer_tables`.
- `peer_gap_words`, `peer_gap_charts`: do the peers move too?
- `funnel_words`, `funnel_charts`: is the distance more than chance?
- `comparability_words`: is like compared with like?
"""
