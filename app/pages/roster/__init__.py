"""Who is in a course: its people, invitations, roles, extensions and first sign-ins."""
