"""Salary figures: how strong their evidence is, and how they are drawn."""
