"""Tests of `perfnb.analysis.change`."""
