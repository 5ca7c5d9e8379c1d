"""What the attribution tagger is trained to lessen."""
import numpy as np
import torch
from torch.nn import functional as F

from attribution_data import pair_batch, token_batch
from attribution_network import LEMMA_FIELDS, LEMMA_ROWS, VECTOR

BATCH_TOKENS, RATE, DECAY, SEED = 2500, 2e-3, 1e-3, 2
DROPOUT, LEMMA_DROPOUT = 0.35, 0.1
# Anchors per token in news, for the weights of the losses.
CUE_SHARE, PAIR_SHARE, ROLE_WEIGHT = 0.03, 0.027, 0.1
# Added to the weight of a token's role on each side of a boundary between roles.
EDGE_WEIGHT = 2.0
# Wrong anchors that score more than this are trained to be refused; of those above the second the runtime takes a look.
REFUSE_MIN, CUE_MIN = 0.2, 0.25


def lemmas_of(chunks):
    """For each row of lemmas the mean vector of the tokens that have it, and how many they are."""
    total, count = np.zeros((LEMMA_ROWS, VECTOR)), np.zeros(LEMMA_ROWS)
    for chunk in chunks:
        np.add.at(total, chunk.fields[:, LEMMA_FIELDS[0]], chunk.vectors)
        np.add.at(count, chunk.fields[:, LEMMA_FIELDS[0]], 1)
    return total / np.maximum(count, 1)[:, None], count


def loss_of(network, chunks, epoch):
    """Losses of cues, roles and acceptance."""
    tokens = token_batch(chunks)
    states = network.states(tokens)
    scores = network.cues(states)
    by_token = F.binary_cross_entropy_with_logits(scores, tokens.is_anchor, reduction="none")
    parts = [(by_token * tokens.judged).sum() / (BATCH_TOKENS * CUE_SHARE)]
    anchors = [(ix, anchor, roles, 1.0) for ix, chunk in enumerate(chunks) for anchor, roles in chunk.gold]
    for ix, chunk in enumerate(chunks):
        if chunk.told is not None:
            anchors += [(ix, anchor, roles, accept) for anchor, (roles, accept) in chunk.told.anchors.items()]
    if epoch > 0:
        anchors += wrong_anchors(scores, tokens, chunks)
    pairs = pair_batch(chunks, tokens, anchors)
    if pairs is None:
        return parts
    roles, accept = network.roles(states, pairs)
    expected = BATCH_TOKENS * PAIR_SHARE
    by_role = -(pairs.roles * torch.log_softmax(roles, 1)).sum(1)
    by_role = (by_role * edges(pairs.roles.argmax(1))).sum()
    by_pair = F.binary_cross_entropy_with_logits(accept, pairs.is_right, reduction="sum")
    return parts + [by_role / expected * ROLE_WEIGHT, by_pair / expected * (1.0 if epoch > 0 else 0.0)]


def edges(roles):
    """The weight of each token's role. (Where a window begins counts as a boundary if its role differs from the row before.)"""
    weights, differ = torch.ones(len(roles)), (roles[1:] != roles[:-1]).float() * EDGE_WEIGHT
    weights[1:] += differ
    weights[:-1] += differ
    return weights


def wrong_anchors(scores, tokens, chunks):
    likely, wrong = torch.sigmoid(scores.detach()).numpy(), []
    for ix, (first, chunk) in enumerate(zip(tokens.first, chunks)):
        found = np.nonzero(likely[first:first + chunk.length] > REFUSE_MIN)[0].tolist()
        known = chunk.cue if chunk.told is None else chunk.told.anchors
        wrong += [(ix, anchor, None, 0.0) for anchor in found if anchor not in known]
    return wrong
