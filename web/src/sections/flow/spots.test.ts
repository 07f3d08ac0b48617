import { describe, expect, it } from 'vitest';
import { flowGraph } from './graph.ts';
import { type FlowNode, keyOf, nodeNames } from './moves.ts';
import { spotsOf } from './spots.ts';

const start: FlowNode = { kind: 'start', page: '', form: '', item: 'start' };
const choice: FlowNode = { kind: 'item', page: 'main.php', form: 'main', item: 'choice' };
const hangUp: FlowNode = { kind: 'end', page: '', form: '', item: 'caller_hangup' };
const done: FlowNode = { kind: 'end', page: '', form: '', item: 'application_hangup' };
const moves = [
  { from: start, to: choice, count: 8 },
  { from: choice, to: hangUp, count: 6 },
  { from: choice, to: done, count: 2 },
];
const words = { name: nodeNames([start, choice]), items: new Map([[keyOf(choice), { visits: 10, hungUp: 5 }]]) };

describe('spotsOf', () => {
  it('says counts and shares of nodes from left to right, then of links', () => {
    expect(
      spotsOf(flowGraph(moves, 2), words).map(({ title, lines }) => [title, ...lines.map(({ value }) => value)]),
    ).toEqual([
      ['Call start', '8'],
      ['main / choice', '8', '10', '5 (50 %)'],
      ['Caller hung up', '6', '100 %'],
      ['Other moves', '2'],
      ['Call start → main / choice', '8', '100 %', '100 %'],
      ['main / choice → Caller hung up', '6', '75 %', '100 %'],
      ['main / choice → Other moves', '2', '25 %'],
    ]);
  });

  it('leads to the calls behind each, but for what is drawn for many links', () => {
    expect(spotsOf(flowGraph(moves, 2), words).map(({ calls }) => calls)).toEqual([
      {},
      { page: 'main.php', form: 'main', item: 'choice' },
      { outcome: 'caller_hangup' },
      null,
      { item: 'start', to_page: 'main.php', to_form: 'main', to_item: 'choice' },
      { page: 'main.php', form: 'main', item: 'choice', to_item: 'caller_hangup' },
      null,
    ]);
  });
});
