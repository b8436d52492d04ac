"""Show: from results to sentences, tables, charts and pages.

A package shows what the package of the same name in `perfnb.analysis` reckons:

- `change`, `forecasting`, `targeting`, `peers`, `groups`: a page each, in sentences
  (`..._words`), charts (`..._charts`) and tables (`..._tables`).
- `data_quality`: the page on whether figures can be relied on.

What they share:

- `elements`: what a page is made of; `folded`: what a page holds back until asked.
- `words`, `target_words`, `definitions`: how figures, targets and indicators are said;
  `quality_words`: how far they can be relied on.
- `theme`, `dots`, `margin_labels`, `compact_svg`: how charts look.
- `downloads`: figures to take away. `sources`: where they come from.
- `page`: a notebook made a page.
"""
