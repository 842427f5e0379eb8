"""Insights: how days went, as calendars, charts and tables."""
