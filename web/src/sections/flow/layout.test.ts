import { describe, expect, it } from 'vitest';
import type { FlowGraph, GraphLink, GraphNode } from './graph.ts';
import { flowLayout, lanePathOf, ribbonOf } from './layout.ts';

const space = { width: 210, height: 100, node: 10, gap: 10, margin: 0 };
const node = (key: string, layer: number, count: number): GraphNode => ({
  key,
  layer,
  arriving: count,
  leaving: count,
  node: { kind: 'item', page: 'p', form: 'f', item: key },
});
const link = (from: string, to: string, count: number, isBack = false): GraphLink => ({ from, to, count, isBack });
const graph = (nodes: readonly GraphNode[], links: readonly GraphLink[]): FlowGraph => ({
  nodes,
  links,
  bundled: { links: 0, moves: 0 },
  undrawnMoves: 0,
});
const forked = graph(
  [node('a', 0, 9), node('b', 1, 6), node('c', 1, 3), node('d', 2, 9)],
  [link('a', 'b', 6), link('a', 'c', 3), link('b', 'd', 6), link('c', 'd', 3)],
);

describe('flowLayout', () => {
  it('gives each column its place, and each move as much room as the fullest column has', () => {
    const { nodes, height } = flowLayout(forked, space);
    // Nine moves have what one gap leaves of the height.
    expect(nodes.map(({ key, x, height: tall }) => [key, x, tall])).toEqual([
      ['a', 0, 90],
      ['b', 100, 60],
      ['c', 100, 30],
      ['d', 200, 90],
    ]);
    expect(height).toBe(100);
  });

  it('lets the nodes of a column not overlap, and stay inside', () => {
    const tops = Object.fromEntries(flowLayout(forked, space).nodes.map(({ key, y }) => [key, y]));
    expect(tops['b']).toBe(0);
    expect(tops['c']).toBe(70);
    expect(Object.values(tops).every((y) => y >= 0)).toBe(true);
  });

  it('puts a node beside what leads to it, whatever the order of the nodes', () => {
    const crossed = graph(
      [node('a', 0, 4), node('b', 0, 4), node('c', 1, 4), node('d', 1, 4)],
      [link('a', 'd', 4), link('b', 'c', 4)],
    );
    const tops = Object.fromEntries(flowLayout(crossed, space).nodes.map(({ key, y }) => [key, y]));
    expect(tops).toEqual({ a: 0, d: 0, b: 55, c: 55 });
  });

  it('lets links leave and reach a node one below the other', () => {
    const { links } = flowLayout(forked, space);
    const [first, second] = links;
    expect((second?.start.y ?? 0) - (first?.start.y ?? 0)).toBeCloseTo(45, 6);
    expect(links.map(({ width, start, end, laneY }) => [width, start.x, end.x, laneY])).toEqual([
      [60, 10, 100, null],
      [30, 10, 100, null],
      [60, 110, 200, null],
      [30, 110, 200, null],
    ]);
  });

  it('orders links at a node by where they lead', () => {
    const { links } = flowLayout({ ...forked, links: forked.links.toReversed() }, space);
    const leaving = links.filter(({ from }) => from === 'a').sort((one, other) => one.start.y - other.start.y);
    expect(leaving.map(({ to }) => to)).toEqual(['b', 'c']);
  });

  it('lets links that lead back leave below those that lead on, though their end is above', () => {
    const nodes = [node('z', 0, 7), node('a', 0, 2), node('b', 1, 9), node('d', 2, 7)];
    const links = [link('b', 'z', 2, true), link('z', 'b', 7), link('a', 'b', 2), link('b', 'd', 7)];
    const placed = flowLayout(graph(nodes, links), space);
    const middles = new Map(placed.nodes.map(({ key, y, height }) => [key, y + height / 2]));
    expect(middles.get('z')).toBeLessThan(middles.get('d') ?? Number.NaN);
    const leaving = placed.links.filter(({ from }) => from === 'b').sort((one, other) => one.start.y - other.start.y);
    expect(leaving.map(({ to }) => to)).toEqual(['d', 'z']);
  });

  it('gives links that lead back lanes of their own below the columns', () => {
    const cyclic = graph(
      [node('a', 0, 10), node('b', 1, 10)],
      [link('a', 'b', 10), link('b', 'a', 2, true), link('b', 'a', 1, true)],
    );
    const { links, height } = flowLayout(cyclic, space);
    expect(links.map(({ laneY }) => laneY)).toEqual([null, 120, 140]);
    expect(height).toBe(150);
  });

  it('has room for more nodes than gaps would leave', () => {
    const many = graph(
      Array.from({ length: 20 }, (_, place) => node(`n${place}`, 0, 1)),
      [],
    );
    const { nodes } = flowLayout(many, space);
    expect(nodes.every(({ height }) => height === 1)).toBe(true);
    expect(Math.max(...nodes.map(({ y }) => y + 1))).toBeCloseTo(100, 6);
  });

  it('is empty without nodes', () => {
    expect(flowLayout(graph([], []), space)).toEqual({ nodes: [], links: [], height: 100 });
  });
});

describe('the paths of links', () => {
  const placed = { ...link('a', 'b', 4), width: 8, start: { x: 10, y: 20 }, end: { x: 100, y: 40 }, laneY: null };

  it('are as wide at both ends as the moves are many', () => {
    expect(ribbonOf(placed)).toBe('M10,16C55,16 55,36 100,36L100,44C55,44 55,24 10,24Z');
  });

  it('go below the columns where they lead back', () => {
    expect(lanePathOf({ ...placed, start: { x: 110, y: 40 }, end: { x: 0, y: 20 }, laneY: 120 })).toBe(
      'M110,40C134,40 134,120 110,120L0,120C-24,120 -24,20 0,20',
    );
  });
});
