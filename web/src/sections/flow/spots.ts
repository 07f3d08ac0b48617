import { printFigure } from '../../format/numbers.ts';
import { type FlowGraph, type GraphLink, type GraphNode, otherKey } from './graph.ts';
import { callsAt, callsMoving, type FlowNode } from './moves.ts';

/** How visits of a form item went, by the key of its node. */
export interface ItemVisits {
  readonly visits: number;
  readonly hungUp: number;
}

/** What can be pointed at in the graph: what is said of it, and which calls stand behind it. */
export interface Spot {
  /** Key of a node; of a link, those of both. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
  /** Parameters of the list of calls; null of what is drawn for many links. */
  readonly calls: Readonly<Record<string, string>> | null;
}

interface Words {
  readonly name: (node: FlowNode) => string;
  readonly items: ReadonlyMap<string, ItemVisits>;
}

export const otherName = 'Other moves';

const nodeIdOf = ({ key }: GraphNode): string => key;
export const linkIdOf = ({ from, to }: GraphLink): string => `${from} ${to}`;

/** Nodes from left to right, then links, the most frequent first. */
export function spotsOf({ nodes, links }: FlowGraph, words: Words): readonly Spot[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const ended = nodes.reduce((sum, { node, arriving }) => sum + (node?.kind === 'end' ? arriving : 0), 0);
  const ordered = nodes.toSorted((one, other) => one.layer - other.layer || other.arriving - one.arriving);
  return [
    ...ordered.map((node) => nodeSpot(node, { ...words, ended })),
    ...links.flatMap((link) => {
      const [from, to] = [byKey.get(link.from), byKey.get(link.to)];
      return from === undefined || to === undefined ? [] : [linkSpot(link, { from, to, ...words })];
    }),
  ];
}

const count = (value: number): string => printFigure(value, 'count');
export const share = (part: number, whole: number): string =>
  printFigure(whole === 0 ? null : (100 * part) / whole, 'percent');

function nodeSpot(graphNode: GraphNode, { name, items, ended }: Words & { readonly ended: number }): Spot {
  const { key, node, arriving, leaving } = graphNode;
  const id = nodeIdOf(graphNode);
  if (node === null) {
    return {
      id,
      title: otherName,
      lines: [{ name: 'Moves, too few to draw each', value: count(arriving) }],
      calls: null,
    };
  }
  const title = name(node);
  const calls = callsAt(node);
  switch (node.kind) {
    case 'start':
      return { id, title, calls, lines: [{ name: 'Calls', value: count(leaving) }] };
    case 'end':
      return {
        id,
        title,
        calls,
        lines: [
          { name: 'Calls', value: count(arriving) },
          { name: 'Of all that have ended', value: share(arriving, ended) },
        ],
      };
    case 'item':
      return {
        id,
        title,
        calls,
        lines: [{ name: 'Moves to it', value: count(arriving) }, ...visitLines(items.get(key))],
      };
    default:
      return node.kind satisfies never;
  }
}

function visitLines(item: ItemVisits | undefined): Spot['lines'] {
  if (item === undefined) return [];
  return [
    { name: 'Visits, with repeats', value: count(item.visits) },
    { name: 'Hung up there', value: `${count(item.hungUp)} (${share(item.hungUp, item.visits)})` },
  ];
}

interface Ends extends Words {
  readonly from: GraphNode;
  readonly to: GraphNode;
}

function linkSpot(link: GraphLink, { from, to, name }: Ends): Spot {
  const nameOf = ({ node }: GraphNode) => (node === null ? otherName : name(node));
  const arriving = { name: `Of those who come to ${nameOf(to)}`, value: share(link.count, to.arriving) };
  return {
    id: linkIdOf(link),
    title: `${nameOf(from)} → ${nameOf(to)}${link.isBack ? ' (back)' : ''}`,
    lines: [
      { name: 'Moves', value: count(link.count) },
      { name: `Of those who leave ${nameOf(from)}`, value: share(link.count, from.leaving) },
      ...(to.key === otherKey ? [] : [arriving]),
    ],
    calls: from.node === null || to.node === null ? null : callsMoving({ from: from.node, to: to.node }),
  };
}
