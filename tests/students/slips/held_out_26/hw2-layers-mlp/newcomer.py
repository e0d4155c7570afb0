# Devoir 2 : les couches du perceptron
# Version simple, avec des boucles, pour etre sur de comprendre.
import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        if actFunction == 'relu':
            echelle = 2
        else:
            echelle = 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(echelle / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.entree_gardee = np.array(Input)
        biais = np.array(self.b).reshape(-1)
        liste_des_lignes = []
        i = 0
        while i < Input.shape[0]:
            ligne_sortie = Input[i].dot(self.W) + biais
            liste_des_lignes.append(ligne_sortie)
            i = i + 1
        return np.array(liste_des_lignes)

    def backward(self, delta):
        # les gradients repartent de zero a chaque appel
        gradient_poids = np.zeros((self.num_input, self.num_output))
        gradient_biais = np.zeros((1, self.num_output))
        liste_derivee_entree = []
        i = 0
        while i < delta.shape[0]:
            j = 0
            while j < self.num_output:
                gradient_poids[:, j] += self.entree_gardee[i] * delta[i, j]
                gradient_biais[0, j] += delta[i, j]
                j = j + 1
            liste_derivee_entree.append(self.W.dot(delta[i]))
            i = i + 1
        self.grad_W = gradient_poids
        self.grad_b = gradient_biais
        return np.array(liste_derivee_entree)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.entree_gardee = np.array(Input)
        sortie = np.array(Input)   # copie temporaire
        sortie[sortie < 0] = 0
        return sortie

    def backward(self, delta):
        derivee = np.array(delta)
        derivee[self.entree_gardee <= 0] = 0
        return derivee


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.entree_gardee = np.array(Input)
        # on coupe les valeurs extremes sinon exp deborde
        x = np.clip(Input, -500, 500)
        self.sortie_gardee = 1 / (1 + np.exp(-x))
        return self.sortie_gardee

    def backward(self, delta):
        valeur = self.sortie_gardee
        derivee_locale = valeur * (1 - valeur)
        return delta * derivee_locale


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.logit_garde = np.array(logit)
        self.gt_garde = np.array(gt)
        nombre_exemples = logit.shape[0]
        somme = 0.0
        bonnes_reponses = 0
        i = 0
        while i < nombre_exemples:
            ecart = logit[i] - gt[i]
            somme = somme + np.sum(ecart ** 2)
            if np.argmax(logit[i]) == np.argmax(gt[i]):
                bonnes_reponses = bonnes_reponses + 1
            i = i + 1
        self.acc = bonnes_reponses / nombre_exemples
        self.loss = somme / (2 * nombre_exemples)
        return self.loss

    def backward(self):
        nombre_exemples = self.logit_garde.shape[0]
        return (self.logit_garde - self.gt_garde) / nombre_exemples


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        nombre_exemples = logit.shape[0]
        self.gt_garde = np.array(gt)
        liste_probabilites = []
        liste_pertes = []
        bonnes_reponses = 0
        i = 0
        while i < nombre_exemples:
            ligne = logit[i] - np.max(logit[i])
            somme_exp = np.sum(np.exp(ligne))
            probabilites = np.exp(ligne) / somme_exp
            liste_probabilites.append(probabilites)
            perte = -np.sum(gt[i] * (ligne - np.log(somme_exp)))
            liste_pertes.append(perte)
            if np.argmax(logit[i]) == np.argmax(gt[i]):
                bonnes_reponses = bonnes_reponses + 1
            i = i + 1
        self.probabilites_gardees = np.array(liste_probabilites)
        self.acc = bonnes_reponses / nombre_exemples
        self.loss = np.sum(liste_pertes) / nombre_exemples
        return self.loss

    def backward(self):
        nombre_exemples = self.gt_garde.shape[0]
        return (self.probabilites_gardees - self.gt_garde) / nombre_exemples


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        numero = 0
        while numero < len(model.layerList):
            couche = model.layerList[numero]
            numero = numero + 1
            if not couche.trainable:
                continue
            pas_W = self.learningRate * (couche.grad_W + self.weightDecay * couche.W)
            pas_b = self.learningRate * couche.grad_b
            couche.W = couche.W - pas_W
            couche.b = couche.b - pas_b


print("les couches sont chargees")
