import { figureOf, type ReportRow, textOf } from '../../api/rows.ts';
import { outcomeTexts } from '../calls/outcome-texts.ts';

/** Where a call can be: at its start, in a form item, or at its end, whose item is how it ended. */
export interface FlowNode {
  readonly kind: 'start' | 'item' | 'end';
  readonly page: string;
  readonly form: string;
  readonly item: string;
}

/** How often calls went from one node to another. */
export interface Move {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly count: number;
}

/** Two nodes of one name are one node. No name of a page, form or item has a line break that another one could be taken for. */
export const keyOf = ({ page, form, item }: FlowNode): string => JSON.stringify([page, form, item]);

/** Moves of a report by link, the most frequent first. Those that did not happen in these days are left out. */
export const movesOf = (rows: readonly ReportRow[]): readonly Move[] =>
  rows
    .map((row) => ({ from: nodeOf(row, 'from'), to: nodeOf(row, 'to'), count: figureOf(row, 'moves') ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort(
      (one, other) =>
        other.count - one.count ||
        inOrder(keyOf(one.from), keyOf(other.from)) ||
        inOrder(keyOf(one.to), keyOf(other.to)),
    );

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A form item always has a page and a form; start and end of a call have none: see docs/reports-api.md. */
function nodeOf(row: ReportRow, side: 'from' | 'to'): FlowNode {
  const [page, form, item] = [textOf(row, `${side}_page`), textOf(row, `${side}_form`), textOf(row, `${side}_item`)];
  const isOutside = page === '' && form === '';
  return { kind: isOutside ? (side === 'from' ? 'start' : 'end') : 'item', page, form, item };
}

/** What nodes are called: form and item, and the page where two of them would have one name. */
export function nodeNames(nodes: Iterable<FlowNode>): (node: FlowNode) => string {
  const pages = new Map<string, Set<string>>();
  for (const node of nodes) {
    if (node.kind === 'item') pages.set(shortName(node), (pages.get(shortName(node)) ?? new Set()).add(node.page));
  }
  return (node) => {
    if (node.kind === 'start') return 'Call start';
    if (node.kind === 'end') return outcomeTexts[node.item] ?? node.item;
    return (pages.get(shortName(node))?.size ?? 0) > 1 ? `${shortName(node)} (${node.page})` : shortName(node);
  };
}

const shortName = ({ form, item }: FlowNode): string => `${form} / ${item}`;

type Parameters = Readonly<Record<string, string>>;

/** Parameters of the list of calls that name the calls in which the node occurs. */
export function callsAt(node: FlowNode): Parameters {
  if (node.kind === 'start') return {};
  return node.kind === 'end' ? { outcome: node.item } : { page: node.page, form: node.form, item: node.item };
}

/** Parameters of the list of calls that name the calls in which the move occurs. */
export function callsMoving({ from, to }: Pick<Move, 'from' | 'to'>): Parameters {
  const start = from.kind === 'start' ? { item: 'start' } : { page: from.page, form: from.form, item: from.item };
  const end = to.kind === 'end' ? { to_item: to.item } : { to_page: to.page, to_form: to.form, to_item: to.item };
  return { ...start, ...end };
}
