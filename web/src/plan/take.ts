/** What is shown, as files: the API's own answer, a table for a spreadsheet, and a picture that says for itself what it shows. */
import * as format from '../i18n/format';
import { locale } from '../i18n/locale.svelte';
import type { Step } from '../map/breaks';
import { hotMark } from '../map/layers';
import * as api from './api';
import { csv, degree, download, placeName } from './cells';
import { hotMethod, hotNothing } from './hot';
import { bandSteps, changeCounted, changeMethod, densityDoubt, densityMethod, rounded, spanText } from './layers';
import { pagePicture } from './picture';
import { poster, type Swatch } from './poster';
import { narrowing, sentence } from './sentence';
import { views, words } from './words';
import type { Workspace } from './workspace.svelte';

const fileName = ({ view, drawn: { layer, grid }, bands }: Workspace, ending: string): string => ['lykta', view.municipality, layer, layer === 'density' ? `${bands?.bandwidth_m ?? view.bandwidth}m` : grid].join('-') + ending;

/** What the map shows, as the server says it now. */
export async function saveGeojson(workspace: Workspace): Promise<void> {
  const shown = workspace.drawing?.shown;
  if (shown) download(await api.geojson(shown), fileName(workspace, '.geojson'));
}

/** A figure with the digits that say something; nothing where there is none. */
const short = (value: number | null | undefined): number | string => (value === null || value === undefined ? '' : Number(value.toPrecision(6)));

/** The rows of the table: of what a layer adds, its figures too. */
export function saveCells(workspace: Workspace): void {
  const { hotspots, compared, rows } = workspace;
  const name = (center: [number, number]) => placeName(locale.lang, center, workspace.places, words.t.unnamed);
  const extra = hotspots ? ['gi_star', 'p', 'q', 'class'] : compared ? ['before', 'after', 'ratio', 'low', 'high', 'p', 'q'] : [];
  const figures = rows.map(({ hot, change: of }): (number | string)[] => {
    if (hotspots) return [short(hot?.gi_star), short(hot?.p), short(hot?.q), hot?.class ?? ''];
    return of ? [of.before, of.after, short(of.ratio), short(of.low), short(of.high), short(of.p), short(of.q)] : [];
  });
  const head = ['cell', 'place', 'longitude', 'latitude', 'reports', 'reporters', ...extra];
  download(csv(locale.lang, [head, ...rows.map((row, i) => [row.cell, name(row.center), degree(row.center[0]), degree(row.center[1]), row.reports, row.persons, ...(figures[i] ?? [])])]), fileName(workspace, '.csv'));
}

/** The squares of a density, which no table has. */
async function saveDensity(workspace: Workspace): Promise<void> {
  const { bands, view } = workspace;
  if (!bands || !view.municipality) return;
  const { cell, centre, density } = (await api.densitySquares(view.municipality, view.filters, bands)).columns;
  const rows = cell.map((name, i) => [name, degree(centre[i]?.[0] ?? 0), degree(centre[i]?.[1] ?? 0), short(density[i] ?? 0)]);
  download(csv(locale.lang, [['cell', 'longitude', 'latitude', 'density_per_km2'], ...rows]), fileName(workspace, '.csv'));
}

export const saveTable = async (workspace: Workspace): Promise<void> => (workspace.bands ? saveDensity(workspace) : saveCells(workspace));

/** The legend of the moment as swatches, least first, by the role of their colour. */
export function swatches(workspace: Workspace, steps: readonly Step[]): Swatch[] {
  const { hotspots, bands, drawn } = workspace;
  if (drawn.layer === 'hotspots') {
    if (!hotspots || hotNothing(hotspots)) return [];
    return [3, 2, 1, 0, -1, -2, -3].map((of) => ({ role: of === 0 ? 'none' : `${of > 0 ? 'hot' : 'cold'}-${{ 3: 99, 2: 95, 1: 90 }[Math.abs(of)]}`, mark: hotMark(of), text: words.t.hot.classes[of] ?? '' }));
  }
  if (drawn.layer === 'density') return bands ? bandSteps(bands).map(({ heat, text }) => ({ role: `heat-${heat}`, mark: '', text })) : [];
  return steps.map(({ heat, from, to }) => ({ role: `heat-${heat}`, mark: '', text: to === null ? `${format.number(from)}+` : to === from ? format.number(from) : `${format.number(from)}–${format.number(to)}` }));
}

/** What the colours count, and how it was made: what must stand under any picture of it. */
export function method(workspace: Workspace): { title: string; lines: string[] } {
  const { hotspots, bands, change, drawn, layerFault } = workspace;
  const grid = words.t.grids[drawn.grid];
  const exact = views.t.take.count_method(grid);
  if (layerFault) return { title: words.t.layers[drawn.layer], lines: [layerFault] };
  if (hotspots) {
    const nothing = hotNothing(hotspots);
    return { title: words.t.hot.legend[hotspots.of], lines: [...(nothing ? [nothing.what] : [words.t.hot.q_help]), hotMethod(hotspots), grid] };
  }
  if (bands) return { title: views.t.density.legend[bands.of], lines: [densityDoubt(bands), bands.levels[0] === undefined ? null : views.t.density.below(rounded(bands.levels[0])), densityMethod(bands), views.t.density.help].filter((line) => line !== null) };
  if (change) return { title: views.t.compare.legend[change.of], lines: [exact, changeCounted(change, workspace.before, workspace.period), changeMethod(change), views.t.compare.help].filter((line) => line !== null) };
  return { title: words.t.statistics_cell[drawn.statistic], lines: [exact, words.t.worst_help] };
}

/** That the picture shows a part of what the numbers are of, when it does. */
export const part = ({ home, name }: Workspace): string[] => (home?.properties.bbox && pagePicture.cuts(home.properties.bbox) ? [views.t.take.part(name)] : []);

/** The map with everything that must be said of it; `false` when there is no map to draw. */
export async function savePicture(workspace: Workspace, steps: readonly Step[], day: Element): Promise<boolean> {
  const map = await pagePicture.draw(day, locale.lang);
  const { summary, home } = workspace;
  if (!map || !summary) return false;
  const { title, lines } = method(workspace);
  const filters = workspace.answered;
  const filter = narrowing(filters, workspace.areaTitle);
  const said = [
    `${format.number(summary.total)} ${sentence(summary.total, summary.reporters, filters, workspace.areaTitle)}.`,
    `${words.t.print_filter}: ${filter || words.t.print_all}.`,
    ...part(workspace),
    ...(workspace.change && workspace.before && workspace.period ? [`${views.t.compare.left}: ${spanText(workspace.before)}. ${views.t.compare.right}: ${spanText(workspace.period)}.`] : []),
  ];
  const source = [views.t.take.source(workspace.name), pagePicture.attribution, views.t.take.made(format.date(new Date().toISOString()), String(summary.version))].filter(Boolean).join(' ');
  const blob = await poster(map, day, { heading: `Lykta · ${workspace.name}${home?.properties.demo ? ` · ${words.t.source['demo'] ?? ''}` : ''}`, said, title, swatches: swatches(workspace, steps), notes: [...lines, source] });
  if (blob) download(blob, fileName(workspace, '.png'));
  return blob !== null;
}
