# Reseau a deux couches (devoir 1)
import numpy as np


class TwoLayerNet:

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        poids1 = self.params['W1']
        biais1 = self.params['b1']
        poids2 = self.params['W2']
        biais2 = self.params['b2']
        nombre_exemples = X.shape[0]

        # couche cachee
        avant_relu = np.dot(X, poids1) + biais1
        cachee = np.array(avant_relu)
        cachee[cachee < 0] = 0
        # scores
        scores = np.dot(cachee, poids2) + biais2
        if y is None:
            return scores

        # softmax, ligne par ligne
        liste_probabilites = []
        perte = 0.0
        i = 0
        while i < nombre_exemples:
            ligne = scores[i]
            ligne_decalee = ligne - np.max(ligne)
            exponentielles = np.exp(ligne_decalee)
            somme = np.sum(exponentielles)
            liste_probabilites.append(exponentielles / somme)
            perte = perte + np.log(somme) - ligne_decalee[y[i]]
            i = i + 1
        perte = perte / nombre_exemples
        perte = perte + reg * np.sum(poids1 ** 2)
        perte = perte + reg * np.sum(poids2 ** 2)

        # derivees des scores
        derivee_scores = np.array(liste_probabilites)
        i = 0
        while i < nombre_exemples:
            classe = y[i]
            derivee_scores[i, classe] -= 1
            i = i + 1
        derivee_scores = derivee_scores / nombre_exemples

        # on remonte
        grads = {}
        grads['W2'] = np.dot(cachee.T, derivee_scores)
        grads['W2'] = grads['W2'] + 2 * reg * poids2
        grads['b2'] = np.sum(derivee_scores, axis=0)
        derivee_cachee = np.dot(derivee_scores, poids2.T)
        derivee_cachee[avant_relu <= 0] = 0
        grads['W1'] = np.dot(X.T, derivee_cachee)
        grads['W1'] = grads['W1'] + 2 * reg * poids1
        grads['b1'] = np.sum(derivee_cachee, axis=0)
        return perte, grads

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        nombre_exemples = X.shape[0]
        iterations_par_epoque = max(nombre_exemples // batch_size, 1)
        historique_perte = []
        historique_train = []
        historique_val = []
        pas = {}

        iteration = 0
        while iteration < num_iters:
            # tirage au hasard avec remise
            indices = np.random.choice(nombre_exemples, batch_size)
            X_lot = X[indices]
            y_lot = y[indices]
            perte, grads = self.loss(X_lot, y=y_lot, reg=reg)
            for nom in grads:
                pas[nom] = learning_rate * grads[nom]
                self.params[nom] = self.params[nom] - pas[nom]
            historique_perte.append(perte)
            if verbose and iteration % 100 == 0:
                print('iteration', iteration, 'perte', perte)
            iteration = iteration + 1
            if iteration % iterations_par_epoque == 0:
                historique_train.append((self.predict(X_lot) == y_lot).mean())
                historique_val.append((self.predict(X_val) == y_val).mean())
                learning_rate = learning_rate * learning_rate_decay

        return {
            'loss_history': historique_perte,
            'train_acc_history': historique_train,
            'val_acc_history': historique_val,
        }

    def predict(self, X):
        scores = self.loss(X)
        liste_classes = []
        i = 0
        while i < X.shape[0]:
            meilleure = 0
            k = 1
            while k < scores.shape[1]:
                if scores[i, k] > scores[i, meilleure]:
                    meilleure = k
                k = k + 1
            liste_classes.append(meilleure)
            i = i + 1
        return np.array(liste_classes)
