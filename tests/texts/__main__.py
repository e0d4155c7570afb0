"""`make texts`: write the catalogue of all texts anew."""

from tests.texts.extraction import TEMPLATE, written

if __name__ == "__main__":
    TEMPLATE.write_text(written(), encoding="utf-8")
