"""Tests of `perfnb.analysis.peers`."""
