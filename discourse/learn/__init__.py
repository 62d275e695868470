"""Estimators, shipped models and their cards."""
