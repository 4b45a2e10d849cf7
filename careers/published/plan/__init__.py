"""A learner's study plan: its values, its text in a cookie or link, its progress and its weeks."""
