"""Tests of `perfnb.analysis.forecasting`."""
