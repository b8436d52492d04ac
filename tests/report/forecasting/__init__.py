"""Tests of `perfnb.report.forecasting`."""
