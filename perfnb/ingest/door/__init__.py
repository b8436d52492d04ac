"""Look a file through before it is opened.

- `admission`: what is it really, and may it come in? Told as a `refusal` if not.
- `parts`: the parts of a zip file, counted as they unpack. `compound`: those of the
  older spreadsheet format.
- `xlsx`, `ods`, `xls`: how large are its sheets? On `sheet_xml`; `marks` is what is
  found on the way (errors, formulas without a result, merged cells), and
  `shared_strings` how long the texts are.
"""
