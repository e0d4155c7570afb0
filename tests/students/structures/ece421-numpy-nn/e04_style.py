# -*- coding: utf-8 -*-
# 神经网络作业二  (ECE421 A2)
# 作者: 学生
from __future__ import division, print_function
import numpy as np, math, sys, os
try: import tensorflow as tf   # 只在第二部分用
except ImportError: tf=None
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

VERBOSE=bool(int(os.environ.get('A2_VERBOSE','0'))); EPS=2.0**-49; Hist={'loss':[],'acc':[]}

def say(*a):
  if VERBOSE: print(*a,file=sys.stderr)

relu=np.vectorize(lambda v: v if v>0 else 0., otypes=[np.float64])   # otypes: 否则会截断小数

def softmax(x):
  # 每一行减去自己的最大值
  y=[]
  for r in x:
    m=max(r); e=[math.exp(v-m) for v in r]; s=math.fsum(e); y.append([v/s for v in e])
  return np.array(y)

def computeLayer(X,W,b): return X.dot(W)+b

def CE(target,prediction):
  # 平均交叉熵, longdouble 求和
  p=np.ma.masked_array(prediction,mask=np.equal(target,0))
  return float(-(np.ma.log(p+0)*target).filled(0).astype(np.longdouble).sum()/len(target)) if np.all(p.compressed()>0) else float(-np.sum(target*np.log(np.maximum(prediction,EPS)))/len(target))

def average_ce(target,prediction): return CE(target,prediction)

def gradCE(target,prediction):
    return -np.divide(target,prediction,out=np.zeros(np.shape(target)),where=np.asarray(target)>0)/len(target)

def grad_ce(target,logits):
  p=softmax(logits); d=np.copy(p)
  for n,row in enumerate(target):
    d[n]-=row
  return d/d.shape[0]

compute_layer=computeLayer

def forward_prop(x,w_h,b_h,w_o,b_o):
  z_h=computeLayer(x,w_h,b_h);a_h=relu(z_h)
  z_o=computeLayer(a_h,w_o,b_o);return (z_h,a_h,z_o,softmax(z_o))

def backward_prop(x,target,w_h,b_h,w_o,b_o):
  z_h,a_h,z_o,p=forward_prop(x,w_h,b_h,w_o,b_o); N=x.shape[0]
  d_o=(p-target)/N; d_h=(d_o@w_o.T); d_h*=z_h>0
  return (np.add.reduce([np.outer(x[n],d_h[n]) for n in range(N)],axis=0) if N<50 else x.T@d_h, d_h.sum(0).reshape(1,-1), \
          np.add.reduce([np.outer(a_h[n],d_o[n]) for n in range(N)],axis=0) if N<50 else a_h.T@d_o, d_o.sum(0).reshape(1,-1))

def train(x,t,xv,tv,hidden=64,lr=0.1,gamma=0.9,epochs=200,seed=0):
  rng=np.random.default_rng(seed); D=x.shape[1]; C=t.shape[1]
  w_h=rng.normal(0,math.sqrt(2/(D+hidden)),(D,hidden)); w_o=rng.normal(0,math.sqrt(2/(hidden+C)),(hidden,C)); b_h=np.zeros((1,hidden)); b_o=np.zeros((1,C))
  v1=np.zeros_like(w_h); v2=np.zeros_like(b_h); v3=np.zeros_like(w_o); v4=np.zeros_like(b_o)
  ep=0
  while ep<epochs:
    g1,g2,g3,g4=backward_prop(x,t,w_h,b_h,w_o,b_o)
    v1*=gamma;v1+=lr*g1;w_h-=v1; v2*=gamma;v2+=lr*g2;b_h-=v2
    v3*=gamma;v3+=lr*g3;w_o-=v3; v4*=gamma;v4+=lr*g4;b_o-=v4
    if VERBOSE and ep%20==0:
      Hist['loss'].append(CE(tv,forward_prop(xv,w_h,b_h,w_o,b_o)[3])); say(ep,Hist['loss'][-1])
    ep+=1
  return {'w_h':w_h,'b_h':b_h,'w_o':w_o,'b_o':b_o}

def plot():
  plt.plot(Hist['loss']); plt.savefig('loss.png')
