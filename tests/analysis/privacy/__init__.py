"""Tests of `perfnb.analysis.privacy`."""
