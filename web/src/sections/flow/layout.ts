import { type FlowGraph, type GraphLink, type GraphNode, sizeOf, sumOf } from './graph.ts';

/** Pixels. */
export interface FlowSpace {
  readonly width: number;
  readonly height: number;
  /** Width of a node. */
  readonly node: number;
  /** Least room between two nodes of a column. */
  readonly gap: number;
  /** Room for names at the right of the last column. */
  readonly margin: number;
}

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface PlacedLink extends GraphLink {
  readonly width: number;
  /** Right side of the node that it leaves, and the middle of the link there. */
  readonly start: Point;
  /** Left side of the node that it comes to. */
  readonly end: Point;
  /** Middle of its way below the columns; null of a link that leads on. */
  readonly laneY: number | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface FlowLayout {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  /** With the lanes of links that lead back, which run below the space that was given. */
  readonly height: number;
}

const rounds = 8;
const laneGap = 5;
/** How far a link that leads back swings out beside its nodes. */
const bulge = 24;
const leastHeight = 1;
/** Share of a column that is kept for its nodes, however many gaps there are. */
const leastFilled = 0.2;

/** Places the nodes of a graph in columns, those that belong together at one height, and the links between them. */
export function flowLayout(graph: FlowGraph, space: FlowSpace): FlowLayout {
  const columns = columnsOf(graph.nodes);
  const scale = scaleOf(columns, space);
  const heights = new Map(graph.nodes.map((node) => [node.key, Math.max(leastHeight, sizeOf(node) * scale)]));
  const tops = topsOf(graph, { columns, heights, space });
  const last = Math.max(1, columns.length - 1);
  const nodes = graph.nodes.map((node) => ({
    ...node,
    x: (node.layer / last) * (space.width - space.margin - space.node),
    y: tops.get(node.key) ?? 0,
    height: heights.get(node.key) ?? leastHeight,
  }));
  return placeLinks(graph.links, { nodes, scale, space });
}

type Columns = readonly (readonly GraphNode[])[];

function columnsOf(nodes: readonly GraphNode[]): Columns {
  const columns: GraphNode[][] = [];
  for (const node of nodes) {
    while (columns.length <= node.layer) columns.push([]);
    columns[node.layer]?.push(node);
  }
  return columns;
}

/** Pixels of a move, so that the fullest column just has room. */
function scaleOf(columns: Columns, { height, gap }: FlowSpace): number {
  const scales = columns
    .filter((column) => column.length > 0)
    .map((column) => {
      const moves = column.reduce((sum, node) => sum + sizeOf(node), 0);
      return Math.max(height * leastFilled, height - gap * (column.length - 1)) / Math.max(1, moves);
    });
  return Math.min(...scales);
}

interface Room {
  readonly columns: Columns;
  readonly heights: ReadonlyMap<string, number>;
  readonly space: FlowSpace;
}

/**
 * Upper sides of the nodes: each at the height of what leads to it, and of what it leads to, in turns; then they are pushed apart. So
 * links cross little and run level.
 */
function topsOf({ links }: FlowGraph, room: Room): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  const onward = links.filter(({ isBack }) => !isBack);
  const arriving = Map.groupBy(onward, ({ to }) => to);
  const leaving = Map.groupBy(onward, ({ from }) => from);
  for (const column of room.columns) pushApart(column, { room, tops, wished: () => 0 });
  const middle = (key: string) => (tops.get(key) ?? 0) + (room.heights.get(key) ?? 0) / 2;
  const beside = (key: string, near: readonly GraphLink[] | undefined) => {
    const weight = sumOf(near ?? []);
    if (near === undefined || weight === 0) return middle(key);
    return near.reduce((sum, { from, to, count }) => sum + middle(from === key ? to : from) * count, 0) / weight;
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const column of room.columns) {
      pushApart(column, { room, tops, wished: ({ key }) => beside(key, arriving.get(key)) });
    }
    for (const column of room.columns.toReversed()) {
      pushApart(column, { room, tops, wished: ({ key }) => beside(key, leaving.get(key)) });
    }
  }
  for (const column of room.columns) {
    pushApart(column, { room, tops, wished: ({ key }) => beside(key, arriving.get(key)) });
  }
  return tops;
}

interface Push {
  readonly room: Room;
  readonly tops: Map<string, number>;
  /** Where the middle of a node would best be. */
  readonly wished: (node: GraphNode) => number;
}

/** Sets the tops of a column's nodes, in the order of their wishes and as near to them as there is room. */
function pushApart(column: readonly GraphNode[], { room, tops, wished }: Push): void {
  const { heights, space } = room;
  const heightOf = ({ key }: GraphNode) => heights.get(key) ?? 0;
  const wishes = column
    .map((node) => ({ node, top: wished(node) - heightOf(node) / 2 }))
    .sort((one, other) => Number(one.node.node === null) - Number(other.node.node === null) || one.top - other.top);
  const full = column.reduce((sum, node) => sum + heightOf(node), 0);
  const gap = column.length < 2 ? 0 : Math.min(space.gap, Math.max(0, (space.height - full) / (column.length - 1)));
  let free = 0;
  for (const wish of wishes) {
    wish.top = Math.max(wish.top, free);
    free = wish.top + heightOf(wish.node) + gap;
  }
  let floor = space.height;
  for (const wish of wishes.toReversed()) {
    wish.top = Math.min(wish.top, floor - heightOf(wish.node));
    floor = wish.top - gap;
  }
  for (const { node, top } of wishes) tops.set(node.key, Math.max(0, top));
}

interface Placing {
  readonly nodes: readonly PlacedNode[];
  readonly scale: number;
  readonly space: FlowSpace;
}

/** Links leave and reach a node in the order of the nodes at their other side, those that lead back below all others. */
function placeLinks(links: readonly GraphLink[], { nodes, scale, space }: Placing): FlowLayout {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const middle = (key: string) => (byKey.get(key)?.y ?? 0) + (byKey.get(key)?.height ?? 0) / 2;
  const widthOf = ({ count }: GraphLink) => Math.max(leastHeight, count * scale);
  const offsets = (side: 'from' | 'to', far: 'from' | 'to') => {
    const found = new Map<GraphLink, number>();
    for (const [key, group] of Map.groupBy(links, (link) => link[side])) {
      let y = byKey.get(key)?.y ?? 0;
      const ordered = group.toSorted((a, b) => Number(a.isBack) - Number(b.isBack) || middle(a[far]) - middle(b[far]));
      for (const link of ordered) {
        found.set(link, y + widthOf(link) / 2);
        y += widthOf(link);
      }
    }
    return found;
  };
  const [starts, ends] = [offsets('from', 'to'), offsets('to', 'from')];
  let laneY = space.height + 2 * laneGap;
  const placed = links.map((link) => {
    const width = widthOf(link);
    const lane = link.isBack ? laneY + width / 2 : null;
    if (lane !== null) laneY += width + laneGap;
    const start = { x: (byKey.get(link.from)?.x ?? 0) + space.node, y: starts.get(link) ?? 0 };
    return { ...link, width, start, end: { x: byKey.get(link.to)?.x ?? 0, y: ends.get(link) ?? 0 }, laneY: lane };
  });
  return { nodes, links: placed, height: links.some(({ isBack }) => isBack) ? laneY : space.height };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The outline of a link that leads on, as wide all along as the moves are many. */
export function ribbonOf({ start, end, width }: PlacedLink): string {
  const half = width / 2;
  const bend = round((start.x + end.x) / 2);
  const [x0, x1] = [round(start.x), round(end.x)];
  const [top0, top1, bottom0, bottom1] = [start.y - half, end.y - half, start.y + half, end.y + half].map(round);
  return `M${x0},${top0}C${bend},${top0} ${bend},${top1} ${x1},${top1}L${x1},${bottom1}C${bend},${bottom1} ${bend},${bottom0} ${x0},${bottom0}Z`;
}

/** The middle of a link that leads back: below all columns, from the right of its form item to the left of an earlier one. */
export function lanePathOf({ start, end, laneY }: PlacedLink): string {
  const [x0, y0, x1, y1, lane] = [start.x, start.y, end.x, end.y, laneY ?? start.y].map(round);
  const [right, left] = [round(start.x + bulge), round(end.x - bulge)];
  return `M${x0},${y0}C${right},${y0} ${right},${lane} ${x0},${lane}L${x1},${lane}C${left},${lane} ${left},${y1} ${x1},${y1}`;
}
