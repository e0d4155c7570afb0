"""An assignment: asked by staff, read by students, and the way of an upload into it."""
