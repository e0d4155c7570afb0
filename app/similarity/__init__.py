"""How alike pieces of work are: tokens without names, fingerprints of runs of them, pairs that share rare ones."""
