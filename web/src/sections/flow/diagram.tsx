import { Skeleton, useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { type Palette, paletteOf } from '../../charts/palette.ts';
import { printFigure } from '../../format/numbers.ts';
import { type FlowGraph, sizeOf } from './graph.ts';
import { type FlowLayout, flowLayout, lanePathOf, type PlacedLink, type PlacedNode, ribbonOf } from './layout.ts';
import type { FlowNode } from './moves.ts';
import { SpotTooltip } from './spot-tooltip.tsx';
import { linkIdOf, otherName, type Spot } from './spots.ts';

interface Props {
  readonly graph: FlowGraph;
  readonly spots: readonly Spot[];
  readonly name: (node: FlowNode) => string;
  readonly height: number;
  /** What the graph shows, in a sentence, for readers who cannot see it. */
  readonly label: string;
  readonly onOpen: (spot: Spot) => void;
}

interface Pointed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly isByKey: boolean;
}

const frame = { node: 10, gap: 28, margin: 130 };
/** Above and below, for the names of the outermost nodes. */
const edge = 12;

/** The moves of calls from left to right: hover for counts, click for the calls; arrow keys and Enter do the same. */
export function Diagram({ graph, spots, name, height, label, onOpen }: Props) {
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const palette = paletteOf(useComputedColorScheme('light'));
  const layout = useMemo(() => flowLayout(graph, { width, height, ...frame }), [graph, width, height]);
  const spot = spots.find(({ id }) => id === pointed?.id) ?? null;
  const point = ({ target, currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const id = target instanceof Element ? target.closest('[data-spot]')?.getAttribute('data-spot') : null;
    const { left, top } = currentTarget.getBoundingClientRect();
    setPointed(typeof id === 'string' ? { id, x: clientX - left, y: clientY - top, isByKey: false } : null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape') setPointed(null);
    if (event.key === 'Enter' && spot !== null) onOpen(spot);
    if (step === undefined) return;
    event.preventDefault();
    const place = spots.findIndex(({ id }) => id === spot?.id) + (spot === null ? Number(step < 0) * -1 : 0) + step;
    const next = spots[Math.min(spots.length - 1, Math.max(0, place))];
    if (next !== undefined) setPointed({ id: next.id, ...middleOf(layout, next.id), isByKey: true });
  };
  return (
    <div className="flow-diagram" ref={ref}>
      {width === 0 ? (
        <Skeleton height={height} />
      ) : (
        <>
          <div
            role="img"
            aria-label={label}
            tabIndex={spots.length === 0 ? -1 : 0}
            onKeyDown={onKeyDown}
            onPointerMove={point}
            onPointerLeave={() => setPointed(null)}
            onBlur={() => setPointed(null)}
            onClick={() => spot !== null && !pointed?.isByKey && onOpen(spot)}
            style={{ cursor: spot === null ? 'default' : 'pointer' }}
          >
            <Drawing layout={layout} width={width} palette={palette} name={name} pointedId={pointed?.id ?? null} />
          </div>
          {spot !== null && pointed !== null && <SpotTooltip spot={spot} x={pointed.x} y={pointed.y} width={width} />}
          <VisuallyHidden role="status">
            {spot !== null && pointed?.isByKey === true
              ? [spot.title, ...spot.lines.map((line) => `${line.name}: ${line.value}`)].join('. ')
              : ''}
          </VisuallyHidden>
        </>
      )}
    </div>
  );
}

function middleOf({ nodes, links }: FlowLayout, id: string): { readonly x: number; readonly y: number } {
  const node = nodes.find(({ key }) => key === id);
  if (node !== undefined) return { x: node.x, y: edge + node.y + node.height / 2 };
  const link = links.find((each) => linkIdOf(each) === id);
  if (link === undefined) return { x: 0, y: 0 };
  return { x: (link.start.x + link.end.x) / 2, y: edge + (link.laneY ?? (link.start.y + link.end.y) / 2) };
}

interface DrawingProps {
  readonly layout: FlowLayout;
  readonly width: number;
  readonly palette: Palette;
  readonly name: (node: FlowNode) => string;
  readonly pointedId: string | null;
}

function Drawing({ layout, width, palette, name, pointedId }: DrawingProps) {
  const byKey = new Map(layout.nodes.map((node) => [node.key, node]));
  const touches = (link: PlacedLink) => [linkIdOf(link), link.from, link.to].some((id) => id === pointedId);
  const opacityOf = (link: PlacedLink) => (pointedId === null ? 0.35 : touches(link) ? 0.65 : 0.12);
  const columns = Math.max(1, ...layout.nodes.map(({ layer }) => layer));
  const room = (width - frame.margin - frame.node) / columns - frame.node - 10;
  return (
    <svg
      width={width}
      height={layout.height + 2 * edge}
      viewBox={`0 ${-edge} ${width} ${layout.height + 2 * edge}`}
      aria-hidden="true"
      className="flow-drawing"
    >
      {layout.links.map((link) => (
        <LinkMark
          key={linkIdOf(link)}
          link={link}
          color={colorOf(byKey.get(link.to), palette)}
          opacity={opacityOf(link)}
        />
      ))}
      {layout.nodes.map((node) => (
        <NodeMark
          key={node.key}
          node={node}
          title={node.node === null ? otherName : shortNameOf(node.node, name)}
          color={colorOf(node, palette)}
          room={node.layer === columns ? frame.margin - 8 : room}
        />
      ))}
    </svg>
  );
}

interface LinkMarkProps {
  readonly link: PlacedLink;
  readonly color: string;
  readonly opacity: number;
}

function LinkMark({ link, color, opacity }: LinkMarkProps) {
  const id = linkIdOf(link);
  if (!link.isBack) return <path data-spot={id} d={ribbonOf(link)} fill={color} fillOpacity={opacity} />;
  return (
    <path
      data-spot={id}
      d={lanePathOf(link)}
      fill="none"
      stroke={color}
      strokeWidth={link.width}
      strokeOpacity={opacity + 0.2}
      strokeDasharray="6 3"
    />
  );
}

/** The form stands below the item, where there is room for it. */
const shortNameOf = (node: FlowNode, name: (node: FlowNode) => string): string =>
  node.kind === 'item' ? node.item : name(node);

interface NodeMarkProps {
  readonly node: PlacedNode;
  readonly title: string;
  readonly color: string;
  /** Pixels that the name may have. */
  readonly room: number;
}

const letterWidth = 6.4;

function NodeMark({ node, title, color, room }: NodeMarkProps) {
  const letters = Math.max(4, Math.floor(room / letterWidth));
  const cut = (text: string) => (text.length <= letters ? text : `${text.slice(0, letters - 1)}…`);
  const middle = node.y + node.height / 2;
  const count = printFigure(sizeOf(node), 'count');
  return (
    <g data-spot={node.key}>
      <rect x={node.x - 4} y={node.y - 4} width={frame.node + 8} height={node.height + 8} fill="transparent" />
      <rect
        x={node.x}
        y={node.y}
        width={frame.node}
        height={node.height}
        rx={Math.min(2, node.height / 2)}
        fill={color}
      />
      <text x={node.x + frame.node + 6} y={middle - 2}>
        {cut(title)}
      </text>
      <text x={node.x + frame.node + 6} y={middle + 11} className="flow-count">
        {node.node?.kind === 'item' ? cut(`${count} · ${node.node.form}`) : count}
      </text>
    </g>
  );
}

/** Ends have colours of their own, and names; everything else is of one colour. */
function colorOf(node: PlacedNode | undefined, palette: Palette): string {
  const [main = '', orange = '', green = '', purple = '', ochre = '', grey = '', red = ''] = palette.series;
  const ends: Readonly<Record<string, string>> = {
    caller_hangup: orange,
    application_hangup: green,
    transfer: purple,
    timeout: ochre,
    error: red,
  };
  if (node?.node === null) return grey;
  return node?.node?.kind === 'end' ? (ends[node.node.item] ?? grey) : main;
}
