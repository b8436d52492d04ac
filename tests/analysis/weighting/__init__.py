"""Tests of `perfnb.analysis.weighting`."""
