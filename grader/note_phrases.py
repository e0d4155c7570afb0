"""The sentence of every note code, in the form that phrases has."""

from collections.abc import Mapping

NOTES: Mapping[str, str] = {
    # how the upload was read (submissions.uploads.intake)
    "DECODED_AS": "{name} was read as {encoding}, as its first lines say.",
    "MAGICS_DROPPED": "{count} notebook commands were not run: {statements}",
    "FILES_IGNORED": "{count} files of your archive are not Python and were left out: {names}.",
    "ENTRY_CHOSEN": "{name} is the file that is graded; the archive holds {files}.",
    # how the file was loaded and what was accepted
    "SKIPPED_AT_LOAD": "Not run when loading your file: {what}.",
    "STAND_IN": "{module} is not here and is replaced by a stand-in; it is an error only where a graded function uses it.",
    "NOT_SHOWN": "{module} is not here: what it would show is left out, and the rest runs as it is.",
    "SPELLING": "{found} counts as {asked}.",
    "ARGUMENT_ORDER": "{function} takes {parameters} in this order: accepted, and it is called so.",
    "FLOAT32": "{function} returns float32: accepted, with the tolerance of float32.",
    "LIST_RESULT": "{function} returns a list: accepted as an array.",
    "HARMLESS_SHAPE": "{tensor} has shape {shape} instead of {expected}: accepted.",
    "COLUMN_CONVENTION": "Your batches are columns where the handout has rows: accepted, everything was transposed, and rows and axes are named as they are then.",
    "COLUMN_BATCHES": "Your batches and biases are columns, z = w^T x + b, where the handout has rows: accepted, and rows and axes are named as in the handout.",
    "GRADED_ON_OWN": "{function} is right given your own {given}, and was graded on those: a mistake there costs its own part only.",
    "REG_SCALE": "{function} counts the regularisation with another factor, in the loss and in its gradient alike: accepted.",
    "REG_ON_BIASES_TOO": "{function} regularises the biases too, in the loss and in its gradient alike: accepted.",
    "LAST_BATCH_WEIGHT": "{function} divides its smaller last batch by `batch` instead of by its own size: accepted.",
    "HISTORY_RETURNED": "{function} returns its history instead of setting {asked}: accepted.",
    "FIRST_PARAMETERS_CHANGED": "{function} changes the first parameters it was given ({changed}): copy them before the first step.",
    "DIVIDED_ELSEWHERE": "{function} divides by the batch size in another place than asked; the chain divides exactly once: accepted.",
    "DECAY_ON_BIAS": "{function} decays the biases too: accepted.",
    "TIE_RULE": "{function} breaks ties in another way than the first of equal entries: accepted, for that is a derivative too.",
    "FLOAT32_INSIDE": "{function} agrees to the precision of float32: accepted.",
    "FINITE_DIFFERENCES": "{function} is right, but loses its digits ({error}) where the loss is huge beside its derivatives: it seems to measure them.",
    "COMPLEX_NUMBERS": "Your file uses complex numbers, which no derivative by hand needs: a person will look whether it takes complex steps.",
    "DECIMALS": "Your file takes exponentials or logarithms of decimals, which no derivative by hand needs: a person will look whether it measures derivatives.",
    "OVERLOADED": "Your file has a class whose objects have products and functions of their own, as dual numbers and tapes do: a person will look whether derivatives are worked out.",
    "NOT_ALL_READ": "Only the first {characters} characters were searched for complex numbers and libraries that differentiate: a person will look at the rest.",
    "AUTODIFF": "Your file imports {module}, which differentiates by itself: a person will look whether it is used.",
    "LEARNS_FROM_VALIDATION": "{function} reaches {accuracy} although the training labels were shuffled: it learns from the validation set, which then says nothing.",
    "LOW_PRECISION": "{function} agrees only to {error}: float32 inside, or a finite difference instead of a derivative.",
}
