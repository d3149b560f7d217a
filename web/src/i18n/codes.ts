/** The fixed vocabulary of the API, in the order of the contract, with its labels in both languages. */
import { codesEn } from './codes.en';
import { codesSv } from './codes.sv';
import { texts } from './locale.svelte';

export type CodeLabels = typeof codesSv;
export type Group = keyof CodeLabels['group'];
export type Category = keyof CodeLabels['category'];
export type Light = keyof CodeLabels['light'];
export type TimeBand = keyof CodeLabels['time_band'];
export type TravelMode = keyof CodeLabels['travel_mode'];
export type Perspective = keyof CodeLabels['perspective'];
export type Status = keyof CodeLabels['status'];
export type Feeling = keyof CodeLabels['feeling'];
export type Avoids = keyof CodeLabels['avoids'];
export type CloseReason = keyof CodeLabels['close_reason'];
export type PublicationClass = keyof CodeLabels['publication'];

/** `codes.t.category.dark` is the label of the moment's language. */
export const codes = texts<CodeLabels>({ sv: codesSv, en: codesEn });

/** The label of a code that came from outside; an unknown code shows as itself rather than as nothing. */
export function label(kind: keyof CodeLabels, code: string | null | undefined): string {
  if (!code) return '';
  return (codes.t[kind] as Record<string, string>)[code] ?? code;
}

/** Which categories each group holds. */
export const CATEGORIES: Readonly<Record<Group, readonly Category[]>> = {
  light: ['dark', 'lighting_broken'],
  sight: ['hidden', 'trapped', 'vegetation'],
  life: ['deserted'],
  disorder: ['disorder_gathering', 'harassment_place', 'alcohol_drugs_place'],
  damage: ['damage_graffiti'],
  care: ['litter_decay'],
  property: ['burglary_worry'],
  traffic_speed: ['speeding', 'heavy_traffic', 'motor_youth'],
  traffic_crossing: ['unsafe_crossing', 'sight_blocked', 'junction_turning', 'crossing_rail', 'dropoff_chaos_school'],
  traffic_path: [
    'no_footway_cycleway',
    'shared_path_conflict',
    'surface_ice_hole',
    'kerb_parking',
    'roadworks',
    'lighting_road',
    'sign_missing',
    'near_miss',
    'crash_selfreport',
  ],
  other: ['other_unsafe'],
  safe: ['lively', 'well_lit', 'good_view', 'friendly_staff', 'good_path', 'favourite', 'good_example'],
};

const keys = <T extends object>(labels: T) => Object.keys(labels) as (keyof T)[];

export const GROUPS = keys(CATEGORIES);
export const LIGHTS = keys(codesSv.light);
export const TIME_BANDS = keys(codesSv.time_band);
export const TRAVEL_MODES = keys(codesSv.travel_mode);
export const PERSPECTIVES = keys(codesSv.perspective);
export const STATUSES = keys(codesSv.status);
export const FEELINGS = keys(codesSv.feeling);
export const AVOIDS = keys(codesSv.avoids);

/** The group a category belongs to. */
export function groupOf(category: Category): Group {
  return GROUPS.find((group) => CATEGORIES[group].includes(category)) ?? 'other';
}

/** Groups where "what could happen" is asked beside "how it feels". */
export function isTraffic(group: Group): boolean {
  return group.startsWith('traffic_');
}

const POINT: readonly Category[] = [
  'lighting_broken', 'vegetation', 'damage_graffiti', 'litter_decay', 'unsafe_crossing', 'sight_blocked', 'junction_turning',
  'crossing_rail', 'no_footway_cycleway', 'shared_path_conflict', 'surface_ice_hole', 'kerb_parking', 'roadworks', 'lighting_road',
  'sign_missing', 'well_lit', 'good_view', 'good_path', 'good_example',
];
const AGGREGATE: readonly Category[] = ['disorder_gathering', 'harassment_place', 'alcohol_drugs_place', 'burglary_worry', 'crash_selfreport'];

/** How much of the place may ever become public; the server decides, this is what the resident is told before sending. */
export function publicationClass(category: Category): PublicationClass {
  if (POINT.includes(category)) return 'point';
  return AGGREGATE.includes(category) ? 'aggregate' : 'cell';
}
