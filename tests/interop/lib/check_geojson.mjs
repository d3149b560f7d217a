// Checks answers against RFC 7946, and that rings are closed and wound as it says (exterior counter-clockwise).
import { check } from "@placemarkio/check-geojson";

const [url, token] = process.argv.slice(2);
const paths = [
  "/api/v1/municipalities", "/api/v1/municipalities/1060", "/api/v1/municipalities/0780/focus-areas",
  "/api/v1/heatmap?municipality=1060", "/api/v1/heatmap?municipality=1060&grid=square&size_m=250",
  "/ogc/collections/focus-areas/items?limit=10000", "/ogc/collections/heatmap/items?limit=10000", "/ogc/collections/heatmap/items?size_m=250&limit=10000",
];
const planners = [
  ...paths, "/api/v1/reports?municipality=1060&limit=1000", "/api/v1/heatmap?municipality=1060&grid=h3", "/api/v1/heatmap?municipality=1060&grid=hex",
  "/api/v1/heatmap?municipality=1060&statistic=gi_star", "/api/v1/heatmap?municipality=1060&statistic=density&bands=5",
  "/ogc/collections/reports/items?limit=10000", "/ogc/collections/heatmap/items?grid=h3&limit=10000", "/ogc/collections/heatmap/items?grid=hex&limit=10000",
];
const area = (ring) => ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at][0] * y - x * ring[at][1]), 0) / 2;
let failed = false;
for (const [who, asked, headers] of [["anybody", paths, {}], ["planner", planners, { authorization: `Bearer ${token}` }]]) {
  for (const path of asked) {
    const answer = await fetch(url + path, { headers });
    const text = await answer.text();
    try {
      if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
      const found = check(text);
      const features = found.features ?? [found];
      let wound = 0;
      for (const { geometry } of features) {
        const polygons = geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
        for (const [outer] of polygons) wound += area(outer) < 0 ? 1 : 0;
      }
      const own = path.startsWith("/ogc");
      console.log(who, path, features.length, "features", wound ? `${wound} exteriors wound clockwise` : "");
      failed ||= own && wound > 0;
    } catch (error) {
      failed = true;
      console.log(who, path, "NOT VALID:", error.message, JSON.stringify(error.issues?.slice(0, 3) ?? ""));
    }
  }
}
process.exit(failed ? 1 : 0);
