"""What does not come in as it should is refused in words."""

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis import frames
from perfnb.errors import PerfnbError


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: frames.floats(pd.Series(["<5"], name="n")), "not a number in 'n'"),
        (lambda: frames.floats([np.inf]), "infinite"),
        (lambda: frames.require_once(pd.Series(["a", None]), "group"), "without"),
        (lambda: frames.require_once(pd.Series(["a", "a"]), "group"), "'a' comes"),
    ],
)
def test_mistakes_are_named(call, words):
    with pytest.raises(PerfnbError, match=words):
        call()
