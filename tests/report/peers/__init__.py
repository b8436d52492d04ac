"""Tests of `perfnb.report.peers`."""
