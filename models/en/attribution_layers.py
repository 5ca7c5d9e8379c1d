"""Recurrent layers with gradients written out: several times faster on a CPU than what autograd makes of their steps.

Sequences stand one behind the other, without padding. `Sequences` knows the order in which they run in lockstep: at each
step the rows of all sequences that are still running, the longest sequence first.
"""
import numpy as np
import torch
from torch import nn


class Sequences:
    """The order of lockstep for sequences of these lengths."""

    def __init__(self, lengths):
        lengths = np.asarray(lengths)
        first = np.cumsum(lengths) - lengths
        order = np.argsort(-lengths, kind="stable")
        steps = np.arange(lengths.max())[:, None]
        running = steps < lengths[order][None]
        forward = (first[order][None] + steps)[running]
        backward = ((first + lengths - 1)[order][None] - steps)[running]
        self.counts = running.sum(1).tolist()
        starts = np.cumsum([0] + self.counts)
        self.ranges = list(zip(starts[:-1].tolist(), starts[1:].tolist()))
        slot = np.broadcast_to(np.arange(len(lengths)), running.shape)[running]
        step = np.broadcast_to(steps, running.shape)[running]
        # The row before each in lockstep order; those of the first step have none.
        self.before = torch.from_numpy(np.where(step > 0, starts[np.maximum(step - 1, 0)] + slot, 0))
        self.begins = self.counts[0]
        self.ways = [torch.from_numpy(np.ascontiguousarray(way)) for way in (forward, backward)]
        self.home = [torch.empty_like(way).scatter_(0, way, torch.arange(len(way))) for way in self.ways]

    def lockstep(self, rows):
        """[rows × 2 × width], one half for each way, to [2 × rows in lockstep order × width]."""
        return torch.stack([rows[:, way].index_select(0, self.ways[way]) for way in range(2)])

    def back(self, both):
        """The reverse: to [rows × 2 × width]."""
        return torch.stack([both[way].index_select(0, self.home[way]) for way in range(2)], 1)

    def earlier(self, both):
        """For each row the row before; zeros at the first step."""
        out = both[:, self.before]
        out[:, :self.begins] = 0
        return out


class Lockstep(torch.autograd.Function):
    """`Sequences.lockstep`, and `Sequences.back` for its gradient."""

    @staticmethod
    def forward(ctx, rows, sequences):
        ctx.sequences = sequences
        return sequences.lockstep(rows)

    @staticmethod
    def backward(ctx, grad):
        return ctx.sequences.back(grad), None


class Back(torch.autograd.Function):
    """`Sequences.back`, and `Sequences.lockstep` for its gradient."""

    @staticmethod
    def forward(ctx, both, sequences):
        ctx.sequences = sequences
        return sequences.back(both)

    @staticmethod
    def backward(ctx, grad):
        return ctx.sequences.lockstep(grad), None


class LstmSteps(torch.autograd.Function):
    """Gates from the input [2 × rows × 4 hidden] (in, forget, new, out) and weights [2 × hidden × 4 hidden] to states."""

    @staticmethod
    def forward(ctx, gates, weight, sequences):
        hidden = weight.shape[1]
        states, cells = (torch.empty(2, gates.shape[1], hidden) for _ in range(2))
        ctx.mark_dirty(gates)
        state = cell = torch.zeros(2, sequences.begins, hidden)
        for (start, end), count in zip(sequences.ranges, sequences.counts):
            now = gates[:, start:end]
            now.copy_(torch.baddbmm(now, state[:, :count], weight))
            now[:, :, :2 * hidden].sigmoid_()
            now[:, :, 2 * hidden:3 * hidden].tanh_()
            now[:, :, 3 * hidden:].sigmoid_()
            one, forget, new, out = now.split(hidden, 2)
            cell = torch.addcmul(one * new, forget, cell[:, :count], out=cells[:, start:end])
            state = torch.mul(out, cell.tanh(), out=states[:, start:end])
        ctx.save_for_backward(gates, weight, states, cells)
        ctx.sequences = sequences
        ctx.mark_non_differentiable(gates)
        return states, gates

    @staticmethod
    def backward(ctx, grad, _):
        gates, weight, states, cells = ctx.saved_tensors
        sequences, hidden = ctx.sequences, weight.shape[1]
        one, forget, new, out = gates.split(hidden, 2)
        bent = cells.tanh()
        by_cell = torch.cat([new * one * (1 - one), sequences.earlier(cells) * forget * (1 - forget), one * (1 - new * new)], 2)
        by_state = bent * out * (1 - out)
        through = out * (1 - bent * bent)
        result, back = torch.empty_like(gates), weight.transpose(1, 2)
        d_state, d_cell = (torch.zeros(2, sequences.begins, hidden) for _ in range(2))
        for (start, end), count in zip(reversed(sequences.ranges), reversed(sequences.counts)):
            d_state[:, :count] += grad[:, start:end]
            now, cell = d_state[:, :count], d_cell[:, :count]
            cell.addcmul_(now, through[:, start:end])
            gate = result[:, start:end]
            torch.mul(by_cell[:, start:end].unflatten(2, (3, hidden)), cell.unsqueeze(2),
                      out=gate[:, :, :3 * hidden].unflatten(2, (3, hidden)))
            torch.mul(by_state[:, start:end], now, out=gate[:, :, 3 * hidden:])
            cell.mul_(forget[:, start:end])
            d_state[:, :count] = torch.bmm(gate, back)
        return result, torch.bmm(sequences.earlier(states).transpose(1, 2), result), None


class GruSteps(torch.autograd.Function):
    """Gates from the input [2 × rows × 3 hidden] (reset, keep, new), weights [2 × hidden × 3 hidden] and biases of the
    state's part to states."""

    @staticmethod
    def forward(ctx, gates, weight, bias, sequences):
        hidden = weight.shape[1]
        states = torch.empty(2, gates.shape[1], hidden)
        inner = torch.empty(2, gates.shape[1], hidden)
        ctx.mark_dirty(gates)
        bias = bias.unsqueeze(1)
        state = torch.zeros(2, sequences.begins, hidden)
        for (start, end), count in zip(sequences.ranges, sequences.counts):
            state = state[:, :count]
            now, from_state = gates[:, start:end], torch.baddbmm(bias, state, weight)
            now[:, :, :2 * hidden].add_(from_state[:, :, :2 * hidden]).sigmoid_()
            reset, keep, new = now.split(hidden, 2)
            inner[:, start:end] = from_state[:, :, 2 * hidden:]
            new.addcmul_(reset, inner[:, start:end]).tanh_()
            state = torch.lerp(new, state, keep, out=states[:, start:end])
        ctx.save_for_backward(gates, weight, states, inner)
        ctx.sequences = sequences
        ctx.mark_non_differentiable(gates)
        return states, gates

    @staticmethod
    def backward(ctx, grad, _):
        gates, weight, states, inner = ctx.saved_tensors
        sequences, hidden = ctx.sequences, weight.shape[1]
        reset, keep, new = gates.split(hidden, 2)
        earlier = sequences.earlier(states)
        by_new = (1 - keep) * (1 - new * new)
        by_keep = (earlier - new) * keep * (1 - keep)
        by_reset = by_new * inner * reset * (1 - reset)
        factors = torch.cat([by_reset, by_keep, by_new * reset], 2).unflatten(2, (3, hidden))
        totals, from_state, back = torch.empty_like(states), torch.empty_like(gates), weight.transpose(1, 2)
        d_state = torch.zeros(2, sequences.begins, hidden)
        for (start, end), count in zip(reversed(sequences.ranges), reversed(sequences.counts)):
            now = torch.add(d_state[:, :count], grad[:, start:end], out=totals[:, start:end])
            gate = from_state[:, start:end]
            torch.mul(factors[:, start:end], now.unsqueeze(2), out=gate.unflatten(2, (3, hidden)))
            d_state[:, :count] = torch.baddbmm(now * keep[:, start:end], gate, back)
        result = torch.cat([from_state[:, :, :2 * hidden], totals * by_new], 2)
        return result, torch.bmm(earlier.transpose(1, 2), from_state), from_state.sum(1), None


class Recurrent(nn.Module):
    """A recurrent layer that runs both ways: `gates` is 4 (LSTM) or 3 (GRU)."""

    def __init__(self, inputs, hidden, gates):
        super().__init__()
        bound = hidden ** -0.5
        uniform = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))
        self.hidden, self.gates = hidden, gates
        self.input, self.input_bias = uniform(2 * gates * hidden, inputs), uniform(2 * gates * hidden)
        self.state = uniform(2, hidden, gates * hidden)
        self.state_bias = uniform(2, gates * hidden) if gates == 3 else None

    def forward(self, rows, sequences):
        gates = nn.functional.linear(rows, self.input, self.input_bias)
        gates = Lockstep.apply(gates.unflatten(1, (2, -1)), sequences)
        if self.gates == 4:
            states, _ = LstmSteps.apply(gates, self.state, sequences)
        else:
            states, _ = GruSteps.apply(gates, self.state, self.state_bias, sequences)
        return Back.apply(states, sequences).flatten(1)
