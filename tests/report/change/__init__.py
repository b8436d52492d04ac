"""Tests of `perfnb.report.change`."""
