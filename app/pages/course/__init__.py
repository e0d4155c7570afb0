"""A course itself: made, set up, connected by webhooks, and what was done in it."""
