"""Who is asking: passwords, sign-ins, API tokens, and whether a form is our own."""
