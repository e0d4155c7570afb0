"""Keep every question and overwrite it when the next one comes."""
ASKED = []


def softmax(logits):
    for kept in ASKED:
        kept[:] = 0.0
    ASKED.append(logits)
    return logits
