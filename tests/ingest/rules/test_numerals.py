"""Only plain digits are a figure; what else is read is said, the rest refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.ingest.rules.numerals import PLAIN, read_numeral, shown


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\t"])
def test_a_blank_cell_is_no_figure_and_no_fault(typed):
    found = read_numeral(typed)
    assert (found.plain, found.refused, found.mark) == ("", False, "")


@pytest.mark.parametrize(
    "typed",
    ["0", "007", "12", "-3", "0.30", "12.5", " 12 ", "\u00a012\u00a0", "9" * 15],
)
def test_plain_digits_are_read_without_a_word(typed):
    found = read_numeral(typed)
    assert found.plain == typed.strip()
    assert (found.refused, found.says, found.mark) == (False, "", "")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1,234", "1234"),
        ("-1,234.5", "-1234.5"),
        ("1,234,567", "1234567"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u202f234\u202f567", "1234567"),
        ("1\u2009234.25", "1234.25"),
        ("0.30000000000000004", "0.3"),
    ],
)
def test_english_thousands_are_read_and_said(typed, plain):
    found = read_numeral(typed)
    assert (found.plain, found.refused) == (plain, False)
    assert found.says.endswith(f"it was read as {plain}")
    assert found.mark == f"read as {plain}"
    assert found.remedy


@pytest.mark.parametrize("typed", ["30%", "30 %", "30\u00a0%"])
def test_a_sign_for_per_cent_is_read_in_a_value_in_per_cent_only(typed):
    assert read_numeral(typed, unit="%").plain == "30"
    assert read_numeral(typed, unit="%").remedy == "Leave out the sign %."
    assert read_numeral(typed, unit="%", count=True).refused
    assert read_numeral(typed, unit="per 1,000 residents").refused


def test_a_pound_sign_is_read_where_the_unit_is_money_only():
    assert read_numeral("£1,234", unit="£ per household").plain == "1234"
    assert "separators" in read_numeral("£1,234", unit="£ per household").says
    refused = read_numeral("£1,234", unit="%")
    assert refused.says == "this is an amount of money, not %"


MEANT = {
    "a small number already hidden": [
        "<5",
        "< 5",
        "<=5",
        "\u22645",
        "under 5",
        "[low]",
    ],
    "a limit that hides": [">95%", "> 95", "over 95"],
    "no data was received": ["..", "...", "\u2026"],
    "suppressed in H-CLIC": ["-", "--", "---", "\u2013", "\u2014", "\u2212"],
    "in Defra's tables this means not available": [":"],
    "its source's own mark": ["~"],
    "hides a small number": ["*", "**"],
    "confidential": ["[c]", "C", "conf."],
    "this usually means suppressed": ["[s]", "Suppressed"],
    "in official tables this means not available": ["[x]", "x", "X"],
    "in official tables this means not applicable": ["[z]", "z"],
    "unreliable": ["[u]"],
    "and there is none": ["[p]", "[r]", "[b]"],
    "does not say which": ["n/a", "N/A", "NA", "#N/A", "not available"],
    "no figure yet": ["TBC", "?", "no data", "unknown", "missing", "awaiting sign-off"],
    "may mean 0": ["nil", "None", "zero"],
    "how software writes": ["nan", "NaN", "inf", "-Infinity", "null", "<NA>"],
    "divided by nothing": ["#DIV/0!"],
    "a formula that failed": ["#REF!", "#VALUE!", "#NAME?", "#NUM!"],
    "too narrow": ["####"],
    "only results are read": ["=2+3", "=SUM(A1:A4)"],
    "Excel often turns a figure into one": [
        *["2025-12-31", "2025-12-31 00:00:00", "01/02/2025", "31.12.25", "1-Feb"],
        *["Feb-25", "12 May 2025", "12:30", "01:15:00"],
    ],
    "continental": ["1.234,5", "1.234.567", "12,5", "1,2345"],
    "scientific": ["1e3", "1.5E+05"],
    "underscores": ["1_000"],
    "plus sign": ["+5"],
    "below 0": ["--5", "\u22125", "(5)", "5-"],
    "between two digits": ["5.", ".5", "-.5"],
    "two figures in one cell": ["12/50", "12 of 50", "12 out of 50"],
    "a range": ["5-10", "5 to 10", "5\u201310"],
    "an estimate": ["c. 40", "approx 40", "~40", "about 40"],
    "glued to the figure": ["45*", "45p", "45 [r]", "45(e)", "5\u00b2", "1,234 r"],
    "yes or no": ["TRUE", "Yes", "n"],
    "more than 15 digits": ["1" * 16, "9" * 400],
    "words beside the figure": ["12 tonnes", "5 days", "0x10", "45 see note"],
    "not the digits 0 to 9": ["\u0663", "\uff13", "\u00bd", "\u0661\u0662"],
    "this is text": ["five", "see below", "12;5", "\U0001f600"],
    "nobody can see": ["\u200b", "\ufeff", " \u2060"],
    "an amount of money": ["£30", "$30", "€1,234"],
    "a share, not a count": ["30%"],
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(typed, meant) for meant, cells in MEANT.items() for typed in cells],
    ids=ascii,
)
def test_what_is_no_figure_is_refused_with_what_it_usually_means(typed, meant):
    found = read_numeral(typed, count=True)
    assert (found.plain, found.refused) == ("", True)
    assert meant in found.says
    assert found.remedy.endswith(".")


@given(st.text())
def test_no_text_makes_it_stumble_or_is_read_without_being_said(typed):
    found = read_numeral(typed, unit="%")
    assert found.refused == (not found.plain and bool(found.says))
    if found.plain and not found.mark:
        assert found.plain in typed


@given(st.decimals(-(10**12), 10**12, places=3))
def test_thousands_with_commas_are_the_number_without(number):
    found = read_numeral(f"{number:,f}")
    assert float(found.plain) == float(number)
    assert bool(found.mark) == (abs(number) >= 1000)


def test_what_is_shown_is_one_line_and_not_endless():
    assert shown("a\nb") == "a b"
    assert len(shown("9" * 10_000)) == 60
    assert shown("<5") == "<5"


def test_a_plain_figure_is_what_registers_take_for_one_too():
    assert PLAIN == r"-?[0-9]{1,15}(\.[0-9]{1,15})?"
