import { describe, expect, it } from 'vitest';
import { flowGraph, otherKey } from './graph.ts';
import { type FlowNode, keyOf, type Move } from './moves.ts';

const start: FlowNode = { kind: 'start', page: '', form: '', item: 'start' };
const item = (name: string): FlowNode => ({ kind: 'item', page: 'p', form: 'f', item: name });
const end = (name: string): FlowNode => ({ kind: 'end', page: '', form: '', item: name });
const [a, b, c] = [item('a'), item('b'), item('c')];
const hangUp = end('caller_hangup');
const move = (from: FlowNode, to: FlowNode, count: number): Move => ({ from, to, count });

const layersOf = (moves: readonly Move[], most = 99) =>
  Object.fromEntries(flowGraph(moves, most).nodes.map(({ node, layer }) => [node?.item ?? 'other', layer]));
const backOf = (moves: readonly Move[]) =>
  flowGraph(moves, 99)
    .links.filter(({ isBack }) => isBack)
    .map(({ from, to }) => [JSON.parse(from)[2], JSON.parse(to)[2]]);

describe('flowGraph', () => {
  it('puts each form item after all that lead to it, and the ends last', () => {
    const moves = [
      move(start, a, 10),
      move(a, b, 6),
      move(b, c, 6),
      move(c, hangUp, 6),
      move(a, c, 3),
      move(a, end('error'), 1),
    ];
    expect(layersOf(moves)).toEqual({ start: 0, a: 1, b: 2, c: 3, caller_hangup: 4, error: 4 });
    expect(backOf(moves)).toEqual([]);
  });

  it('lets the rarer link of a cycle lead back', () => {
    const moves = [move(start, a, 10), move(a, b, 12), move(b, hangUp, 8), move(b, a, 4), move(a, hangUp, 2)];
    expect(backOf(moves)).toEqual([['b', 'a']]);
    expect(layersOf(moves)).toEqual({ start: 0, a: 1, b: 2, caller_hangup: 3 });
  });

  it('lets a link lead back that is more frequent than the way by which callers first come there', () => {
    // The greatest link alone would make b come before a, which every caller comes to first.
    const moves = [move(b, a, 50), move(a, c, 45), move(c, b, 40), move(start, a, 10), move(c, hangUp, 5)];
    expect(backOf(moves)).toEqual([['b', 'a']]);
    expect(layersOf(moves)).toEqual({ start: 0, a: 1, c: 2, b: 3, caller_hangup: 4 });
  });

  it('lets three form items go round and back', () => {
    const moves = [move(start, a, 9), move(a, b, 9), move(b, c, 8), move(c, a, 5), move(c, b, 2), move(c, hangUp, 1)];
    expect(backOf(moves)).toEqual([
      ['c', 'a'],
      ['c', 'b'],
    ]);
  });

  it('runs what is not drawn together, by the form item that it leaves', () => {
    const moves = [
      move(start, a, 10),
      move(a, hangUp, 7),
      move(a, b, 2),
      move(b, c, 2),
      move(start, b, 1),
      move(c, hangUp, 1),
    ];
    const { nodes, links, bundled, undrawnMoves } = flowGraph(moves, 2);
    expect(links).toEqual([
      { from: keyOf(start), to: keyOf(a), count: 10, isBack: false },
      { from: keyOf(a), to: keyOf(hangUp), count: 7, isBack: false },
      { from: keyOf(a), to: otherKey, count: 2, isBack: false },
      { from: keyOf(start), to: otherKey, count: 1, isBack: false },
    ]);
    expect(nodes).toEqual([
      { key: keyOf(start), node: start, arriving: 0, leaving: 11, layer: 0 },
      { key: keyOf(a), node: a, arriving: 10, leaving: 9, layer: 1 },
      { key: keyOf(hangUp), node: hangUp, arriving: 8, leaving: 0, layer: 2 },
      { key: otherKey, node: null, arriving: 3, leaving: 0, layer: 2 },
    ]);
    expect(bundled).toEqual({ links: 4, moves: 6 });
    expect(undrawnMoves).toBe(3);
  });

  it('draws form items whose way from the start is not drawn', () => {
    const moves = [move(a, b, 5), move(b, a, 4), move(start, c, 3), move(c, hangUp, 3)];
    expect(layersOf(moves)).toEqual({ a: 1, b: 2, start: 0, c: 1, caller_hangup: 3 });
    expect(backOf(moves)).toEqual([['b', 'a']]);
  });

  it('is empty without moves', () => {
    expect(flowGraph([], 10)).toEqual({ nodes: [], links: [], bundled: { links: 0, moves: 0 }, undrawnMoves: 0 });
  });
});
