"""A reader can find out what was counted, for what, and how sure we are."""

from perfnb.report.definitions import definition


def meanings_of(selection, indicator):
    """Define one indicator."""
    return definition(selection.catalogue.indicators[indicator], selection).meanings


def test_the_counts_behind_a_share_are_named(housing):
    """A percentage says of what."""
    assert meanings_of(housing, "HOM3")["Counted"] == (
        "Households owed a prevention duty; set against: Households owed a prevention "
        "or relief duty"
    )


def test_what_was_made_up_says_illustrative(waste):
    """The priority is the council's own, the outcome is not."""
    meanings = meanings_of(waste, "NI192")
    assert meanings["Priority"] == (
        "Reducing Waste to Landfill and Increasing Recycling"
    )
    assert meanings["Outcome"].endswith("(illustrative)")
    assert meanings["Owner"].endswith("(illustrative)")


def test_an_entry_that_is_not_certain_is_marked_so(waste):
    """The record of NI 192 is confirmed in part, that of LOF 12.02 whole."""
    assert meanings_of(waste, "NI192")["Taken from"] == (
        "NI 192 of the national indicators of 2008 (our record of that entry is partly "
        "certain)"
    )
    assert meanings_of(waste, "NI196e")["Taken from"] == (
        "LOF 12.02 of the Local Outcomes Framework"
    )


def test_a_local_indicator_claims_no_list(housing):
    """Nobody should look for it elsewhere."""
    assert meanings_of(housing, "HOM1")["Taken from"] == "local to this workbook"


def test_what_the_register_leaves_blank_is_left_out(waste):
    """No heading without a meaning."""
    for indicator in waste.indicators:
        assert all(definition(indicator, waste).meanings.values())


def test_markup_in_a_register_is_shown_as_text(waste):
    """A definition is typed by people."""
    spoilt = waste.indicators[0].model_copy(update={"definition": "<b>bold</b>"})
    html = str(definition(spoilt, waste).html())
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
