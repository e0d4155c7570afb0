# Hausaufgabe 0
# Ich mache alles mit while-Schleifen, damit ich es verstehe.
import numpy as np


def wahrscheinlichkeiten_berechnen(logits_matrix):
    # fuer jede Zeile: groesste Zahl abziehen, exp, durch die Summe teilen
    alle_zeilen = []
    zeile = 0
    while zeile < len(logits_matrix):
        kopie_der_zeile = np.array(logits_matrix[zeile], dtype=float)
        kopie_der_zeile = kopie_der_zeile - max(kopie_der_zeile)
        exponentiale = np.exp(kopie_der_zeile)
        alle_zeilen.append(exponentiale / sum(exponentiale))
        zeile = zeile + 1
    return np.array(alle_zeilen)


def softmax_loss(Z, y):
    anzahl_beispiele = len(Z)
    liste_der_verluste = []
    i = 0
    while i < anzahl_beispiele:
        groesster_wert = max(Z[i])
        # log(sum(exp)) minus der richtige Logit
        log_summe = np.log(sum(np.exp(Z[i] - groesster_wert))) + groesster_wert
        liste_der_verluste.append(log_summe - Z[i][y[i]])
        i = i + 1
    verluste = np.array(liste_der_verluste)
    return sum(verluste) / anzahl_beispiele


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    anzahl_beispiele = len(X)
    anfang = 0
    while anfang < anzahl_beispiele:
        ende = min(anfang + batch, anzahl_beispiele)
        eingaben = X[anfang:ende].copy()
        richtige_klassen = y[anfang:ende].copy()
        fehler = wahrscheinlichkeiten_berechnen(np.dot(eingaben, theta))
        # bei der richtigen Klasse 1 abziehen
        j = 0
        while j < ende - anfang:
            fehler[j][richtige_klassen[j]] = fehler[j][richtige_klassen[j]] - 1
            j = j + 1
        gradient = np.dot(eingaben.transpose(), fehler)
        gradient_gemittelt = gradient / (ende - anfang)
        theta -= lr * gradient_gemittelt
        anfang = ende


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    anzahl_beispiele = len(X)
    anfang = 0
    while anfang < anzahl_beispiele:
        ende = min(anfang + batch, anzahl_beispiele)
        eingaben = X[anfang:ende].copy()
        richtige_klassen = y[anfang:ende].copy()
        anzahl_im_stapel = len(eingaben)

        # vorwaerts
        versteckt_vorher = np.dot(eingaben, W1)
        versteckt_nachher = versteckt_vorher.copy()
        versteckt_nachher[versteckt_nachher < 0] = 0
        ausgabe = np.dot(versteckt_nachher, W2)
        wahrscheinlichkeit = wahrscheinlichkeiten_berechnen(ausgabe)

        # One-Hot
        ziel = np.zeros(ausgabe.shape)
        k = 0
        while k < anzahl_im_stapel:
            ziel[k, richtige_klassen[k]] = 1
            k = k + 1

        # rueckwaerts
        fehler_ausgabe = wahrscheinlichkeit - ziel
        fehler_versteckt = np.dot(fehler_ausgabe, W2.transpose())
        fehler_versteckt[versteckt_vorher <= 0] = 0

        gradient_W1 = np.dot(eingaben.transpose(), fehler_versteckt) / anzahl_im_stapel
        gradient_W2 = np.dot(versteckt_nachher.transpose(), fehler_ausgabe) / anzahl_im_stapel

        # Gewichte aendern, jede Zeile einzeln
        zeile = 0
        while zeile < len(W1):
            W1[zeile] = W1[zeile] - lr * gradient_W1[zeile]
            zeile = zeile + 1
        zeile = 0
        while zeile < len(W2):
            W2[zeile] = W2[zeile] - lr * gradient_W2[zeile]
            zeile = zeile + 1
        #print("Stapel fertig", anfang, ende)
        anfang = ende
