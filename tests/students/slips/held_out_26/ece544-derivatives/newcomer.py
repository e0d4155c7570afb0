# Blatt 2: Ableitungen als Programm
import numpy as np


def softmax_jacobian(z):
    groesster_eintrag = max(z)
    liste_exponentiale = []
    zaehler = 0
    while zaehler < len(z):
        liste_exponentiale.append(np.exp(z[zaehler] - groesster_eintrag))
        zaehler = zaehler + 1
    wahrscheinlichkeiten = np.array(liste_exponentiale) / sum(liste_exponentiale)
    anzahl_klassen = len(wahrscheinlichkeiten)
    jacobi_matrix = np.zeros((anzahl_klassen, anzahl_klassen))
    k = 0
    while k < anzahl_klassen:
        j = 0
        while j < anzahl_klassen:
            if k == j:
                jacobi_matrix[k][j] = wahrscheinlichkeiten[k] * (1 - wahrscheinlichkeiten[k])
            else:
                jacobi_matrix[k][j] = -wahrscheinlichkeiten[k] * wahrscheinlichkeiten[j]
            j = j + 1
        k = k + 1
    return jacobi_matrix


def nll(yhat, y):
    summe = 0.0
    beispiel = 0
    while beispiel < len(y):
        richtige_klasse = y[beispiel]
        summe = summe - np.log(yhat[beispiel][richtige_klasse])
        beispiel = beispiel + 1
    return summe


def nll_grad(yhat, y):
    liste_der_zeilen = []
    beispiel = 0
    while beispiel < len(yhat):
        neue_zeile = [0.0] * len(yhat[beispiel])
        neue_zeile[y[beispiel]] = -1 / yhat[beispiel][y[beispiel]]
        liste_der_zeilen.append(neue_zeile)
        beispiel = beispiel + 1
    return np.array(liste_der_zeilen)


def avg_pool1d(x, W):
    ergebnisse = []
    i = 0
    while i <= len(x) - W:
        fenster_summe = 0.0
        k = 0
        while k < W:
            fenster_summe = fenster_summe + x[i + k]
            k = k + 1
        ergebnisse.append(fenster_summe / W)
        i = i + 1
    return np.array(ergebnisse)


def avg_pool1d_backward(dy, n, W):
    ableitung_eingang = []
    j = 0
    while j < n:
        # welche Fenster i enthalten die Stelle j?  i <= j <= i+W-1
        beitrag = 0.0
        i = 0
        while i < len(dy):
            if i <= j and j <= i + W - 1:
                beitrag = beitrag + dy[i] / W
            i = i + 1
        ableitung_eingang.append(beitrag)
        j = j + 1
    return np.array(ableitung_eingang)


def max_pool1d(x, W):
    ergebnisse = []
    i = 0
    while i <= len(x) - W:
        groesster_wert = x[i]
        k = 1
        while k < W:
            if x[i + k] > groesster_wert:
                groesster_wert = x[i + k]
            k = k + 1
        ergebnisse.append(groesster_wert)
        i = i + 1
    return np.array(ergebnisse)


def max_pool1d_backward(dy, x, W):
    ableitung_eingang = np.zeros(len(x))
    i = 0
    while i < len(dy):
        # Stelle des groessten Werts suchen
        stelle = i
        k = 1
        while k < W:
            if x[i + k] > x[stelle]:
                stelle = i + k
            k = k + 1
        ableitung_eingang[stelle] = ableitung_eingang[stelle] + dy[i]
        i = i + 1
    return ableitung_eingang


def conv1d(x, w):
    ergebnisse = []
    i = 0
    while i < len(x):
        wert = w[1] * x[i]
        if i + 1 < len(x):
            wert = wert + w[0] * x[i + 1]
        if i - 1 >= 0:
            wert = wert + w[2] * x[i - 1]
        ergebnisse.append(wert)
        i = i + 1
    return np.array(ergebnisse)


def conv1d_backward(dy, x, w):
    laenge = len(x)
    ableitung_signal = np.zeros(laenge)
    ableitung_kern_links = 0.0
    ableitung_kern_mitte = 0.0
    ableitung_kern_rechts = 0.0
    i = 0
    while i < laenge:
        ableitung_signal[i] = ableitung_signal[i] + dy[i] * w[1]
        ableitung_kern_mitte = ableitung_kern_mitte + dy[i] * x[i]
        if i + 1 < laenge:
            ableitung_signal[i + 1] = ableitung_signal[i + 1] + dy[i] * w[0]
            ableitung_kern_links = ableitung_kern_links + dy[i] * x[i + 1]
        if i > 0:
            ableitung_signal[i - 1] = ableitung_signal[i - 1] + dy[i] * w[2]
            ableitung_kern_rechts = ableitung_kern_rechts + dy[i] * x[i - 1]
        i = i + 1
    ableitung_kern = np.array([ableitung_kern_links, ableitung_kern_mitte, ableitung_kern_rechts])
    return ableitung_signal, ableitung_kern
