"""A visitor's study plan: kept in their browser or in an address, shown, and changed by forms."""
