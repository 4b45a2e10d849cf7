"""A learner's study plan: what it holds, its text in a cookie or a link, and what it comes to."""
