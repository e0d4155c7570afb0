# Abgabe 2: Netz mit einer versteckten Schicht
import numpy as np


def one_in_k_encoding(vec, k):
    ergebnis = np.zeros((len(vec), k))
    zaehler = 0
    while zaehler < len(vec):
        ergebnis[zaehler, vec[zaehler]] = 1
        zaehler = zaehler + 1
    return ergebnis


def softmax(X):
    # jede Zeile fuer sich
    zeilen = []
    for zeile in X:
        verschoben = zeile - max(zeile)
        hoch = np.exp(verschoben)
        zeilen.append(hoch / sum(hoch))
    return np.array(zeilen)


def relu(x):
    kopie = np.array(x)
    kopie[kopie < 0] = 0
    return kopie


class NetClassifier:

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        # wenn keine Parameter gegeben sind, die vom Training nehmen
        if params is None:
            params = self.params
        versteckt = relu(np.dot(X, params["W1"]) + params["b1"])
        ausgabe = softmax(np.dot(versteckt, params["W2"]) + params["b2"])
        vorhersagen = []
        nummer = 0
        while nummer < len(X):
            vorhersagen.append(np.argmax(ausgabe[nummer]))
            nummer += 1
        return np.array(vorhersagen)

    def score(self, X, y, params=None):
        vorhersagen = self.predict(X, params)
        richtige = 0
        nummer = 0
        while nummer < len(y):
            if vorhersagen[nummer] == y[nummer]:
                richtige += 1
            nummer += 1
        return richtige / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params["W1"]
        b1 = params["b1"]
        W2 = params["W2"]
        b2 = params["b2"]
        anzahl = X.shape[0]

        # vorwaerts
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        wahrscheinlichkeiten = softmax(z2)

        # Kosten
        kosten_summe = 0.0
        nummer = 0
        while nummer < anzahl:
            richtige_klasse = y[nummer]
            kosten_summe -= np.log(wahrscheinlichkeiten[nummer, richtige_klasse])
            nummer += 1
        strafe = np.sum(W1 * W1) + np.sum(W2 * W2)
        kosten = kosten_summe / anzahl + reg * strafe

        # rueckwaerts
        labels = one_in_k_encoding(y, W2.shape[1])
        delta2 = (wahrscheinlichkeiten - labels) / anzahl
        d_w2 = np.dot(a1.T, delta2) + 2 * reg * W2
        d_b2 = np.sum(delta2, axis=0, keepdims=True)
        delta1 = np.dot(delta2, W2.T)
        delta1[z1 <= 0] = 0
        d_w1 = np.dot(X.T, delta1) + 2 * reg * W1
        d_b1 = np.sum(delta1, axis=0, keepdims=True)

        return kosten, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        # Kopie machen!
        gewichte = {}
        for name in init_params:
            gewichte[name] = np.array(init_params[name])

        kosten_training = []
        genauigkeit_training = []
        kosten_pruefung = []
        genauigkeit_pruefung = []

        epoche = 0
        while epoche < epochs:
            reihenfolge = list(range(len(X_train)))
            np.random.shuffle(reihenfolge)
            anfang = 0
            while anfang < len(X_train):
                auswahl = reihenfolge[anfang:anfang + batch_size]
                kosten, ableitungen = self.cost_grad(X_train[auswahl], y_train[auswahl], gewichte, reg)
                gewichte["W1"] -= lr * ableitungen["d_w1"]
                gewichte["b1"] -= lr * ableitungen["d_b1"]
                gewichte["W2"] -= lr * ableitungen["d_w2"]
                gewichte["b2"] -= lr * ableitungen["d_b2"]
                anfang += batch_size
            # Verlauf, einmal je Epoche
            kosten_training.append(self.cost_grad(X_train, y_train, gewichte, reg)[0])
            genauigkeit_training.append(self.score(X_train, y_train, gewichte))
            kosten_pruefung.append(self.cost_grad(X_val, y_val, gewichte, reg)[0])
            genauigkeit_pruefung.append(self.score(X_val, y_val, gewichte))
            if epoche % 10 == 9:
                print("Epoche", epoche + 1, "Genauigkeit", genauigkeit_pruefung[-1])
            epoche += 1

        self.params = gewichte
        self.history = {
            "train_loss": np.array(kosten_training),
            "train_acc": np.array(genauigkeit_training),
            "val_loss": np.array(kosten_pruefung),
            "val_acc": np.array(genauigkeit_pruefung),
        }
