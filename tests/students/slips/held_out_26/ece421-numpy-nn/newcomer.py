# Projet 2, premiere annee. Reseau de neurones a la main.
import numpy as np


def relu(x):
    # je copie pour ne pas changer l'argument
    copie_temporaire = np.array(x, dtype=float)
    copie_temporaire[copie_temporaire < 0] = 0.0
    return copie_temporaire


def softmax(logits):
    liste_des_lignes = []
    numero_ligne = 0
    while numero_ligne < logits.shape[0]:
        ligne = logits[numero_ligne] - np.max(logits[numero_ligne])
        exponentielles = np.exp(ligne)
        liste_des_lignes.append(exponentielles / np.sum(exponentielles))
        numero_ligne += 1
    return np.array(liste_des_lignes)


def compute_layer(x, w, b):
    resultat = np.dot(x, w)
    resultat = resultat + b
    return resultat


def average_ce(target, prediction):
    nombre_exemples = target.shape[0]
    nombre_classes = target.shape[1]
    perte_totale = 0.0
    n = 0
    while n < nombre_exemples:
        k = 0
        while k < nombre_classes:
            # 0 log 0 = 0 donc je regarde seulement la bonne classe
            if target[n, k] > 0:
                perte_totale = perte_totale - np.log(prediction[n, k])
            k += 1
        n += 1
    return perte_totale / nombre_exemples


def grad_ce(target, logits):
    nombre_exemples = target.shape[0]
    gradient_des_logits = softmax(logits)
    gradient_des_logits = gradient_des_logits - target
    gradient_des_logits = gradient_des_logits / nombre_exemples
    return gradient_des_logits


def forward_prop(x, w_h, b_h, w_o, b_o):
    entree_cachee = compute_layer(x, w_h, b_h)
    sortie_cachee = relu(entree_cachee)
    entree_finale = compute_layer(sortie_cachee, w_o, b_o)
    probabilites = softmax(entree_finale)
    return entree_cachee, sortie_cachee, entree_finale, probabilites


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    entree_cachee, sortie_cachee, entree_finale, probabilites = forward_prop(x, w_h, b_h, w_o, b_o)
    erreur_sortie = grad_ce(target, entree_finale)

    # derniere couche
    gradient_w_o = np.dot(sortie_cachee.T, erreur_sortie)
    gradient_b_o = np.sum(erreur_sortie, axis=0).reshape(1, -1)

    # couche cachee : je parcours tous les neurones
    erreur_cachee = np.zeros(entree_cachee.shape)
    neurone = 0
    while neurone < w_h.shape[1]:
        poids_sortants = w_o[neurone]
        actif = entree_cachee[:, neurone] > 0
        erreur_cachee[:, neurone] = np.dot(erreur_sortie, poids_sortants) * actif
        neurone += 1
    gradient_w_h = np.dot(x.T, erreur_cachee)
    gradient_b_h = np.sum(erreur_cachee, axis=0).reshape(1, -1)
    return gradient_w_h, gradient_b_h, gradient_w_o, gradient_b_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    generateur = np.random.default_rng(seed)
    nombre_entrees = x.shape[1]
    nombre_classes = t.shape[1]
    variance_cachee = 2 / (nombre_entrees + hidden)
    variance_sortie = 2 / (hidden + nombre_classes)
    poids_caches = generateur.normal(0, variance_cachee**0.5, size=(nombre_entrees, hidden))
    biais_caches = np.zeros((1, hidden))
    poids_sortie = generateur.normal(0, variance_sortie**0.5, size=(hidden, nombre_classes))
    biais_sortie = np.zeros((1, nombre_classes))

    vitesse_poids_caches = np.zeros((nombre_entrees, hidden))
    vitesse_biais_caches = np.zeros((1, hidden))
    vitesse_poids_sortie = np.zeros((hidden, nombre_classes))
    vitesse_biais_sortie = np.zeros((1, nombre_classes))

    pertes_entrainement = []
    epoque = 0
    while epoque < epochs:
        g_wh, g_bh, g_wo, g_bo = backward_prop(x, t, poids_caches, biais_caches, poids_sortie, biais_sortie)
        vitesse_poids_caches = gamma * vitesse_poids_caches + lr * g_wh
        vitesse_biais_caches = gamma * vitesse_biais_caches + lr * g_bh
        vitesse_poids_sortie = gamma * vitesse_poids_sortie + lr * g_wo
        vitesse_biais_sortie = gamma * vitesse_biais_sortie + lr * g_bo
        poids_caches = poids_caches - vitesse_poids_caches
        biais_caches = biais_caches - vitesse_biais_caches
        poids_sortie = poids_sortie - vitesse_poids_sortie
        biais_sortie = biais_sortie - vitesse_biais_sortie
        # je garde la perte pour le graphique
        if epoque % 50 == 0:
            p = forward_prop(x, poids_caches, biais_caches, poids_sortie, biais_sortie)[3]
            pertes_entrainement.append(average_ce(t, p))
            print("epoque", epoque, "perte", pertes_entrainement[-1])
        epoque += 1
    pertes_entrainement = np.array(pertes_entrainement)
    return {"w_h": poids_caches, "b_h": biais_caches, "w_o": poids_sortie, "b_o": biais_sortie}
