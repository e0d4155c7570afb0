# Hausaufgabe 2, Teil 2: Softmax
# Ich habe alles mit Schleifen gemacht, damit ich sehe, was passiert.
import numpy as np


def softmax_classifier(W, input, label, lamda):
    gewichte = np.array(W)          # Kopie, damit W nicht veraendert wird
    eingaben = np.array(input)
    ziele = np.array(label)
    anzahl_beispiele = eingaben.shape[0]
    anzahl_merkmale = gewichte.shape[0]
    anzahl_klassen = gewichte.shape[1]

    alle_wahrscheinlichkeiten = []
    alle_verluste = []
    alle_vorhersagen = []

    # ---------- vorwaerts ----------
    i = 0
    while i < anzahl_beispiele:
        # Punkte jeder Klasse
        punkte = []
        k = 0
        while k < anzahl_klassen:
            punkte.append(np.sum(eingaben[i] * gewichte[:, k]))
            k = k + 1
        groesster_punkt = max(punkte)
        # Exponentialfunktion, groesster Punkt abgezogen (sonst inf)
        exponentiale = []
        summe = 0.0
        k = 0
        while k < anzahl_klassen:
            wert = np.exp(punkte[k] - groesster_punkt)
            exponentiale.append(wert)
            summe = summe + wert
            k = k + 1
        zeile = np.array(exponentiale) / summe
        alle_wahrscheinlichkeiten.append(zeile)

        # Verlust von diesem Beispiel
        verlust_hier = 0.0
        beste_klasse = 0
        k = 0
        while k < anzahl_klassen:
            logarithmus = punkte[k] - groesster_punkt - np.log(summe)
            verlust_hier = verlust_hier - ziele[i, k] * logarithmus
            if zeile[k] > zeile[beste_klasse]:
                beste_klasse = k
            k = k + 1
        alle_verluste.append(verlust_hier)
        alle_vorhersagen.append(beste_klasse)
        i = i + 1

    # ---------- Mittelwert und Strafe ----------
    gesamt_verlust = sum(alle_verluste) / anzahl_beispiele
    strafe = 0.0
    d = 0
    while d < anzahl_merkmale:
        strafe = strafe + np.sum(gewichte[d] * gewichte[d])
        d = d + 1
    gesamt_verlust = gesamt_verlust + lamda / 2 * strafe

    # ---------- rueckwaerts ----------
    gradient = np.zeros((anzahl_merkmale, anzahl_klassen))
    i = 0
    while i < anzahl_beispiele:
        unterschied = alle_wahrscheinlichkeiten[i] - ziele[i]
        d = 0
        while d < anzahl_merkmale:
            gradient[d] = gradient[d] + eingaben[i, d] * unterschied / anzahl_beispiele
            d = d + 1
        i = i + 1
    gradient = gradient + lamda * gewichte
    # print("gradient", gradient)

    return gesamt_verlust, gradient, np.array(alle_vorhersagen)


print("Datei geladen")
