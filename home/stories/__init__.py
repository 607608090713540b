"""Stories: articles of our own, podcast episodes, and articles that stand elsewhere."""
