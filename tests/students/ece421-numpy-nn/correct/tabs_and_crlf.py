import numpy as np # tabs, CRLF line ends and a byte order mark: saved by an editor on Windows


def relu( x ):
	return np.maximum( 0, x )

def softmax( x ):
	x = x - np.max( x, axis = 1, keepdims = True )
	e = np.exp( x )
	return e / np.sum( e, axis = 1, keepdims = True )

def compute_layer( x, w, b ):
	return np.matmul( x, w ) + b

def average_ce( target, prediction ):
	prediction = np.where( prediction < 1e-12, 1e-12, prediction )
	return -np.mean( np.sum( target * np.log( prediction ), axis = 1 ) )

def grad_ce( target, logits ):
	return ( softmax( logits ) - target ) / target.shape[ 0 ]

def forward_prop( x, w_h, b_h, w_o, b_o ):
	z_h = compute_layer( x, w_h, b_h )
	a_h = relu( z_h )
	z_o = compute_layer( a_h, w_o, b_o )
	return z_h, a_h, z_o, softmax( z_o )

def backward_prop( x, target, w_h, b_h, w_o, b_o ):
	z_h, a_h, z_o, p = forward_prop( x, w_h, b_h, w_o, b_o )
	d_o = grad_ce( target, z_o )
	d_h = np.matmul( d_o, w_o.T )
	d_h[ z_h <= 0 ] = 0
	return np.matmul( x.T, d_h ), np.sum( d_h, axis = 0, keepdims = True ), np.matmul( a_h.T, d_o ), np.sum( d_o, axis = 0, keepdims = True )

def train( x, t, xv, tv, hidden = 64, lr = 0.1, gamma = 0.9, epochs = 200, seed = 0 ):
	rng = np.random.default_rng( seed )
	D = x.shape[ 1 ]
	C = t.shape[ 1 ]
	w_h = rng.normal( 0, np.sqrt( 2 / ( D + hidden ) ), ( D, hidden ) )
	b_h = np.zeros( ( 1, hidden ) )
	w_o = rng.normal( 0, np.sqrt( 2 / ( hidden + C ) ), ( hidden, C ) )
	b_o = np.zeros( ( 1, C ) )
	v_wh = v_bh = v_wo = v_bo = 0
	for epoch in range( epochs ):
		g_wh, g_bh, g_wo, g_bo = backward_prop( x, t, w_h, b_h, w_o, b_o )
		v_wh = gamma * v_wh + lr * g_wh ; w_h = w_h - v_wh
		v_bh = gamma * v_bh + lr * g_bh ; b_h = b_h - v_bh
		v_wo = gamma * v_wo + lr * g_wo ; w_o = w_o - v_wo
		v_bo = gamma * v_bo + lr * g_bo ; b_o = b_o - v_bo
	return { 'w_h' : w_h, 'b_h' : b_h, 'w_o' : w_o, 'b_o' : b_o }
