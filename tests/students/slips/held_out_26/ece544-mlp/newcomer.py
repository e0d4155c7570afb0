# Perceptron multicouche, fait a la main
import numpy as np


def fonction_activation(valeurs, nom):
    if nom == "relu":
        copie = valeurs.copy()
        copie[copie < 0] = 0
        return copie
    if nom == "sigmoid":
        return 1 / (1 + np.exp(-np.clip(valeurs, -500, 500)))
    return np.tanh(valeurs)


def derivee_activation(sortie, nom):
    # attention : la derivee depend de la SORTIE a, pas de z
    if nom == "relu":
        derivee = np.zeros(sortie.shape)
        derivee[sortie > 0] = 1
    elif nom == "sigmoid":
        derivee = sortie * (1 - sortie)
    else:
        derivee = 1 - sortie * sortie
    return derivee


def forward(X, params, act):
    nombre_couches = len(params) // 2
    sorties_des_couches = [X]
    couche = 1
    while couche < nombre_couches:
        z = np.dot(sorties_des_couches[-1], params["W" + str(couche)]) + params["b" + str(couche)]
        sorties_des_couches.append(fonction_activation(z, act))
        couche = couche + 1
    logits = np.dot(sorties_des_couches[-1], params["W" + str(couche)]) + params["b" + str(couche)]
    liste_probabilites = []
    n = 0
    while n < len(logits):
        exponentielles = np.exp(logits[n] - np.max(logits[n]))
        liste_probabilites.append(exponentielles / np.sum(exponentielles))
        n = n + 1
    probabilites = np.array(liste_probabilites)
    memoire = {"sorties": sorties_des_couches, "probabilites": probabilites, "params": params, "act": act}
    return probabilites, memoire


def backward(cache, T):
    sorties = cache["sorties"]
    params = cache["params"]
    nombre_exemples = len(T)
    gradients = {}
    erreur = (cache["probabilites"] - T) / nombre_exemples
    couche = len(sorties)
    while couche >= 1:
        entree = sorties[couche - 1]
        gradients["W" + str(couche)] = np.dot(entree.T, erreur)
        gradients["b" + str(couche)] = np.sum(erreur, axis=0, keepdims=True)
        if couche > 1:
            erreur_avant = np.dot(erreur, params["W" + str(couche)].T)
            erreur = erreur_avant * derivee_activation(entree, cache["act"])
        couche = couche - 1
    return gradients


def predict(X, params, act):
    probabilites, memoire = forward(X, params, act)
    classes_predites = []
    n = 0
    while n < len(probabilites):
        meilleure_classe = 0
        k = 1
        while k < len(probabilites[n]):
            if probabilites[n][k] > probabilites[n][meilleure_classe]:
                meilleure_classe = k
            k = k + 1
        classes_predites.append(meilleure_classe)
        n = n + 1
    return np.array(classes_predites)


def confusion_matrix(y, yhat, K):
    matrice = np.zeros((K, K), dtype=int)
    n = 0
    while n < len(y):
        vraie_classe = y[n]
        classe_predite = yhat[n]
        matrice[vraie_classe][classe_predite] = matrice[vraie_classe][classe_predite] + 1
        n = n + 1
    return matrice


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    nombre_exemples = len(X)
    nombre_classes = max(int(max(y)), int(max(yv))) + 1
    # hidden : un nombre ou un tuple
    if isinstance(hidden, (tuple, list)):
        tailles = [X.shape[1]] + list(hidden) + [nombre_classes]
    else:
        tailles = [X.shape[1], int(hidden), nombre_classes]
    params = {}
    vitesses = {}
    couche = 1
    while couche < len(tailles):
        entrees = tailles[couche - 1]
        sorties = tailles[couche]
        if act == "relu":
            ecart_type = np.sqrt(2 / entrees)
        else:
            ecart_type = np.sqrt(2 / (entrees + sorties))
        params["W" + str(couche)] = rng.normal(0, ecart_type, size=(entrees, sorties))
        params["b" + str(couche)] = np.zeros((1, sorties))
        vitesses["W" + str(couche)] = np.zeros((entrees, sorties))
        vitesses["b" + str(couche)] = np.zeros((1, sorties))
        couche = couche + 1

    # one-hot
    cibles = np.zeros((nombre_exemples, nombre_classes))
    n = 0
    while n < nombre_exemples:
        cibles[n][y[n]] = 1
        n = n + 1

    liste_precisions = []
    epoque = 0
    while epoque < epochs:
        melange = np.arange(nombre_exemples)
        rng.shuffle(melange)
        debut = 0
        while debut < nombre_exemples:
            indices = melange[debut : debut + batch_size]
            probabilites, memoire = forward(X[indices], params, act)
            gradients = backward(memoire, cibles[indices])
            nouveaux_params = {}
            for nom in params:
                vitesses[nom] = momentum * vitesses[nom] + lr * gradients[nom]
                nouveaux_params[nom] = params[nom] - vitesses[nom]
            params = nouveaux_params
            debut = debut + batch_size
        if epoque % 10 == 0:
            liste_precisions.append(np.mean(predict(Xv, params, act) == yv))
            print("epoque", epoque, "validation", liste_precisions[-1])
        epoque = epoque + 1
    return params
