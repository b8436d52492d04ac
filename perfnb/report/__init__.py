"""SHOW: from results to sentences, tables, charts and pages."""
