"""How a training loop steps: its rule, its batches, the examples in them, and every cause of another step."""
