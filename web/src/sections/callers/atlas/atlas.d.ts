/** The files of the atlases that maps are made of, as far as they are used. */

declare module 'us-atlas/states-albers-10m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';

  const atlas: Topology<{ readonly states: GeometryCollection<{ readonly name: string }> }>;
  export default atlas;
}

declare module 'world-atlas/countries-110m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';

  const atlas: Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>;
  export default atlas;
}
