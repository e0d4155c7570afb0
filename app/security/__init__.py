"""Who is asking: sign-ins, API tokens, and whether a form is our own."""
