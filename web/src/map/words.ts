/** What the map says: MapLibre's own strings, the cross-hair's announcements, distances and compass words. Swedish first. */
import { numbers } from '../i18n/format';
import type { Compass } from './geo';

export type Lang = 'sv' | 'en';

interface MapWords {
  map: string;
  pickMap: string;
  pickHelp: string;
  loading: string;
  noWebgl: string;
  failed: string;
  north: string;
  south: string;
  east: string;
  west: string;
  step: string;
  stepIs: (metres: string) => string;
  zoomIn: string;
  zoomOut: string;
  attribution: string;
  pick: string;
  nearer: string;
  nearerHelp: string;
  noStreets: string;
  outside: string;
  compass: Record<Compass, string>;
  near: (name: string) => string;
  from: (metres: string, compass: string, name: string) => string;
  in: (municipality: string) => string;
}

const sv: MapWords = {
  map: 'Karta',
  pickMap: 'Karta för att välja plats',
  pickHelp: 'Dra kartan under siktet, eller använd pilarna. Plus och minus zoomar.',
  loading: 'Kartan hämtas …',
  noWebgl: 'Kartan kan inte ritas i den här webbläsaren. Knapparna fungerar ändå, och platsen läses upp i ord.',
  failed: 'Kartan kunde inte hämtas. Knapparna fungerar ändå, och platsen läses upp i ord.',
  north: 'Norrut',
  south: 'Söderut',
  east: 'Österut',
  west: 'Västerut',
  step: 'Steg',
  stepIs: (m) => `Steg ${m}. Tryck för att byta.`,
  zoomIn: 'Zooma in',
  zoomOut: 'Zooma ut',
  attribution: 'Om kartans källor',
  pick: 'Välj platsen här',
  nearer: 'Zooma in till platsen',
  nearerHelp: 'Zooma in mer, sedan kan du välja platsen under siktet.',
  noStreets: 'Kartan visar orter och gränser, inga gator.',
  outside: 'utanför alla kommuner',
  compass: { n: 'norr', ne: 'nordost', e: 'öster', se: 'sydost', s: 'söder', sw: 'sydväst', w: 'väster', nw: 'nordväst' },
  near: (name) => `Vid ${name}`,
  from: (m, compass, name) => `${m} ${compass} om ${name}`,
  in: (m) => `${m} kommun`,
};

const en: MapWords = {
  map: 'Map',
  pickMap: 'Map for choosing a place',
  pickHelp: 'Drag the map under the cross-hair, or use the arrows. Plus and minus zoom.',
  loading: 'Loading the map …',
  noWebgl: 'This browser cannot draw the map. The buttons still work, and the place is told in words.',
  failed: 'The map could not be loaded. The buttons still work, and the place is told in words.',
  north: 'North',
  south: 'South',
  east: 'East',
  west: 'West',
  step: 'Step',
  stepIs: (m) => `Step ${m}. Press to change.`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  attribution: 'About the map’s sources',
  pick: 'Choose this place',
  nearer: 'Zoom in to the place',
  nearerHelp: 'Zoom in more, then you can choose the place under the cross-hair.',
  noStreets: 'The map shows towns and borders, no streets.',
  outside: 'outside every municipality',
  compass: { n: 'north', ne: 'north-east', e: 'east', se: 'south-east', s: 'south', sw: 'south-west', w: 'west', nw: 'north-west' },
  near: (name) => `At ${name}`,
  from: (m, compass, name) => `${m} ${compass} of ${name}`,
  in: (m) => `${m} municipality`,
};

export const mapWords = (lang: Lang): MapWords => (lang === 'en' ? en : sv);

/** "80 m", "1,2 km". */
export function metresText(lang: Lang, metres: number): string {
  const number = numbers(lang, { maximumFractionDigits: 2 });
  return metres < 1000 ? `${number.format(metres)} m` : `${number.format(metres / 1000)} km`;
}

/** MapLibre's own interface strings, for the controls we show. */
export function maplibreLocale(lang: Lang): Record<string, string> {
  const w = mapWords(lang);
  return {
    'AttributionControl.ToggleAttribution': w.attribution,
    'Map.Title': w.map,
    'NavigationControl.ZoomIn': w.zoomIn,
    'NavigationControl.ZoomOut': w.zoomOut,
    'ScaleControl.Meters': 'm',
    'ScaleControl.Kilometers': 'km',
  };
}
