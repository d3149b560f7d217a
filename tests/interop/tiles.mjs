// Decodes the tiles of a folder (z/x/y.mvt) with @mapbox/vector-tile and prints, for each, what tiles.py compares: features with their
// properties, type and id, and whether the rings of polygons are wound as the standard says.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VectorTile, classifyRings } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

const [folder, layerName] = process.argv.slice(2);
const found = [];
for (const x of readdirSync(folder)) {
  for (const y of readdirSync(join(folder, x))) {
    const bytes = readFileSync(join(folder, x, y));
    const layers = new VectorTile(new PbfReader(bytes)).layers;
    const names = Object.keys(layers);
    if (bytes.length === 0 ? names.length !== 0 : names.join() !== layerName) throw new Error(`${x}/${y}: layers ${names}`);
    const layer = layers[layerName];
    for (let at = 0; layer && at < layer.length; at++) {
      const feature = layer.feature(at);
      const geometry = feature.loadGeometry();
      if (feature.type === 3) {
        // Holes are told by their winding: every ring must belong to an exterior one, and the first be one.
        const polygons = classifyRings(geometry);
        if (polygons.flat().length !== geometry.length || signedArea(geometry[0]) <= 0) throw new Error(`${x}/${y}: rings`);
      }
      feature.toGeoJSON(Number(x), Number.parseInt(y), layer.extent);
      found.push({ type: feature.type, id: feature.id ?? null, properties: feature.properties });
    }
  }
}
console.log(JSON.stringify(found));

function signedArea(ring) {
  return ring.reduce((sum, point, at) => {
    const next = ring[(at + 1) % ring.length];
    return sum + point.x * next.y - next.x * point.y;
  }, 0);
}
