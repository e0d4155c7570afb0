"""The tables. Their columns are named here, in the migrations and in submissions/repository, and nowhere else."""
