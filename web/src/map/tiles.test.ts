/** Tiles asked for anew: what is seen stays whole until what comes is whole. */
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { TileSlot } from './tiles';

const style = (color: string): LayerSpecification[] => [
  { id: 'land', type: 'background', paint: {} },
  { id: 'cells', type: 'fill', source: 'cells', 'source-layer': 'heatmap', paint: { 'fill-color': color, 'fill-opacity': 0.8 } },
  { id: 'edge', type: 'line', source: 'cells', 'source-layer': 'heatmap' },
  { id: 'names', type: 'symbol', source: 'names' },
];
const seen = (slot: TileSlot, color: string) =>
  slot.layers(style(color)).map((layer) => {
    const paint = ('paint' in layer ? layer.paint : {}) as Record<string, unknown> | undefined;
    return [layer.id, 'source' in layer ? layer.source : '', paint?.['fill-color'] ?? '', paint?.['fill-opacity'] ?? paint?.['line-opacity'] ?? ''].join(' ').trim();
  });
const around = (...cells: string[]) => ['land', ...cells, 'names names'];

describe('a slot of tiles', () => {
  it('has neither source nor layers until it is asked', () => {
    const slot = new TileSlot('cells', 14);
    expect([seen(slot, 'red'), slot.sources()]).toEqual([around(), {}]);
    slot.ask('/a', 1);
    expect(seen(slot, 'red')).toEqual(around('cells/cells/1 cells/1 red 0.8', 'edge/cells/1 cells/1'));
    expect([slot.awaited, slot.sources()['cells/1']?.tiles]).toEqual([null, ['/a']]);
    slot.ask(null, null);
    expect([seen(slot, 'red'), slot.sources()]).toEqual([around(), {}]);
  });

  it('keeps what is seen, in its own colours, until what comes is whole', () => {
    const slot = new TileSlot('cells', 14);
    slot.ask('/a', 1);
    seen(slot, 'red');
    slot.ask('/b', 2);
    expect(seen(slot, 'blue')).toEqual(around('cells/cells/1 cells/1 red 0.8', 'edge/cells/1 cells/1', 'cells/cells/2 cells/2 blue 0', 'edge/cells/2 cells/2  0'));
    expect([slot.awaited, Object.keys(slot.sources()), slot.layer('cells')]).toEqual(['cells/2', ['cells/2', 'cells/1'], 'cells/cells/1']);
    slot.arrived();
    expect(seen(slot, 'blue')).toEqual(around('cells/cells/2 cells/2 blue 0.8', 'edge/cells/2 cells/2'));
    expect([slot.awaited, Object.keys(slot.sources()), slot.layer('cells')]).toEqual([null, ['cells/2'], 'cells/cells/2']);
  });

  it('lets go of what never came when it is asked again', () => {
    const slot = new TileSlot('cells', 14);
    slot.ask('/a', 1);
    seen(slot, 'red');
    slot.ask('/b', 2);
    seen(slot, 'blue');
    slot.ask('/c', 3);
    expect(Object.keys(slot.sources())).toEqual(['cells/3', 'cells/1']);
    expect([slot.holds('cells/1'), slot.holds('cells/2'), slot.holds('cells/3')]).toEqual([true, false, true]);
  });

  it('asks the same URL anew for something else, and only then', () => {
    const slot = new TileSlot('cells', 14);
    const first = {};
    slot.ask('/a', first);
    slot.ask('/a', first);
    expect(slot.layer('cells')).toBe('cells/cells/1');
    slot.ask('/a', {});
    expect(slot.awaited).toBe('cells/2');
  });
});
