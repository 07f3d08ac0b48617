import { type FlowNode, keyOf, type Move } from './moves.ts';

/** The node under which links run together that are not drawn by themselves. */
export const otherKey = 'other';

export interface GraphNode {
  readonly key: string;
  /** null for the node of all that is not drawn by itself. */
  readonly node: FlowNode | null;
  /** Moves that come to it and that leave it, also those that are not drawn. */
  readonly arriving: number;
  readonly leaving: number;
  /** Column from the left: 0 is the start of the call, the last one has the ends. */
  readonly layer: number;
}

export interface GraphLink {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Leads to a form item that comes earlier: the columns would otherwise have no order. */
  readonly isBack: boolean;
}

/** What is drawn of the moves of an application, and what is not. */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** Number of links that run together, and the moves of all of them. */
  readonly bundled: { readonly links: number; readonly moves: number };
  /** Of the bundled ones, moves that leave form items which are not drawn at all. */
  readonly undrawnMoves: number;
}

/**
 * The `most` most frequent moves as a graph whose columns have an order. The other ones leave their form item towards one node.
 * `moves` are in order, the most frequent first.
 */
export function flowGraph(moves: readonly Move[], most: number): FlowGraph {
  const kept = moves.slice(0, most);
  const rest = moves.slice(most);
  const nodes = new Map(kept.flatMap(({ from, to }) => [from, to].map((node) => [keyOf(node), node])));
  const links = directed(
    kept.map(({ from, to, count }) => ({ from: keyOf(from), to: keyOf(to), count })),
    [...nodes].find(([, { kind }]) => kind === 'start')?.[0] ?? null,
  );
  const bundled = bundle(rest, nodes);
  const bundledMoves = sumOf(rest);
  const layers = layersOf(links, nodes);
  const last = Math.max(0, ...layers.values()) + 1;
  const arriving = Map.groupBy(moves, ({ to }) => keyOf(to));
  const leaving = Map.groupBy(moves, ({ from }) => keyOf(from));
  const drawn = Array.from(nodes, ([key, node]) => ({
    key,
    node,
    arriving: sumOf(arriving.get(key) ?? []),
    leaving: sumOf(leaving.get(key) ?? []),
    layer: node.kind === 'end' ? last : (layers.get(key) ?? 0),
  }));
  const drawnOther = sumOf(bundled);
  const other = { key: otherKey, node: null, arriving: drawnOther, leaving: 0, layer: last };
  return {
    nodes: drawnOther === 0 ? drawn : [...drawn, other],
    links: [...links, ...bundled],
    bundled: { links: rest.length, moves: bundledMoves },
    undrawnMoves: bundledMoves - drawnOther,
  };
}

type Plain = Omit<GraphLink, 'isBack'>;

/** How much room a node takes: who is still in a form item has come to it and not left it. */
export const sizeOf = ({ arriving, leaving }: GraphNode): number => Math.max(arriving, leaving);

export const sumOf = (moves: readonly { readonly count: number }[]): number =>
  moves.reduce((sum, { count }) => sum + count, 0);

/** One link for each drawn form item from which links lead that are not drawn. */
function bundle(rest: readonly Move[], nodes: ReadonlyMap<string, FlowNode>): readonly GraphLink[] {
  const bySource = Map.groupBy(rest, ({ from }) => keyOf(from));
  return Array.from(bySource, ([from, moves]) => ({ from, to: otherKey, count: sumOf(moves), isBack: false })).filter(
    ({ from }) => nodes.has(from),
  );
}

/**
 * Decides which links lead back, so that the other ones have no cycle. Those by which callers most often get to each form item for the
 * first time lead on; of the other ones the most frequent are let in first, and what would close a cycle then leads back.
 */
function directed(links: readonly Plain[], start: string | null): readonly GraphLink[] {
  const first = firstWays(links, start);
  const onward = new Map<string, string[]>();
  const back = new Set<Plain>();
  for (const link of [...first, ...links.filter((each) => !first.has(each))]) {
    if (leadsTo(link.to, link.from, onward)) back.add(link);
    else onward.set(link.from, [...(onward.get(link.from) ?? []), link.to]);
  }
  return links.map((link) => ({ ...link, isBack: back.has(link) }));
}

/** The links over which everything is reached from the start, each time by the most frequent one that leads to anything new. */
function firstWays(links: readonly Plain[], start: string | null): ReadonlySet<Plain> {
  const ways = new Set<Plain>();
  const reached = new Set(start === null ? [] : [start]);
  // What cannot be reached over links that are drawn begins by itself, with its most frequent link.
  for (;;) {
    const next =
      links.find(({ from, to }) => reached.has(from) && !reached.has(to)) ??
      links.find(({ from }) => !reached.has(from));
    if (next === undefined) return ways;
    if (reached.has(next.from)) ways.add(next);
    reached.add(reached.has(next.from) ? next.to : next.from);
  }
}

function leadsTo(from: string, to: string, onward: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set([from]);
  for (const key of seen) for (const next of onward.get(key) ?? []) seen.add(next);
  return seen.has(to);
}

/** The longest way to each form item, so that every link that leads on goes to a later column. The ends have a column of their own. */
function layersOf(links: readonly GraphLink[], nodes: ReadonlyMap<string, FlowNode>): ReadonlyMap<string, number> {
  const inner = links.filter(({ to, isBack }) => !isBack && nodes.get(to)?.kind !== 'end');
  const byTarget = Map.groupBy(inner, ({ to }) => to);
  const layers = new Map<string, number>();
  const layerOf = (key: string): number => {
    const known = layers.get(key);
    if (known !== undefined) return known;
    const sources = byTarget.get(key) ?? [];
    const first = nodes.get(key)?.kind === 'start' ? 0 : 1;
    const layer = sources.reduce((most, { from }) => Math.max(most, layerOf(from) + 1), first);
    layers.set(key, layer);
    return layer;
  };
  for (const [key, { kind }] of nodes) if (kind !== 'end') layerOf(key);
  return layers;
}
