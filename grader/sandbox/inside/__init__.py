"""The only code of ours that shares a process with a student's."""
