/** What the planner's calls answer (docs/api.md, "With the right"). */
import type { Feature, FeatureCollection, Point, Polygon } from 'geojson';
import type { Avoids, Category, CloseReason, Feeling, Group, Light, Perspective, Status, TimeBand, TravelMode } from '../i18n/codes';

export interface CellProperties {
  cell: string;
  count: number | null;
  suppressed?: boolean;
}

export interface Heatmap extends FeatureCollection<Polygon, CellProperties> {
  method: unknown;
  version: number;
  total: number;
  suppressed: number;
}

export interface Summary {
  version: number;
  total: number;
  reporters: number;
  unplaced: number;
  hour: number[];
  weekday: number[];
  month: { month: string; count: number }[];
  category: Record<string, number>;
  light: Record<string, number>;
  status: Record<string, number>;
  feeling: Record<string, number>;
  travel_mode: Record<string, number>;
  perspective: Record<string, number>;
  source: Record<string, number>;
  focus_area: Record<string, number>;
  time_band?: Record<string, number>;
}

export interface ReportProperties {
  reference: string;
  received_at: string;
  occurred_at: string | null;
  occurred_on: string | null;
  time_band: TimeBand | null;
  light: Light;
  category: Category;
  group: Group;
  feeling: Feeling;
  insecurity: number | null;
  risk: number | null;
  travel_mode: TravelMode | null;
  perspectives: Perspective[];
  avoids: Avoids | null;
  note: string | null;
  place_text: string | null;
  accuracy_m: number | null;
  certain: boolean;
  status: Status;
  status_reason: CloseReason | null;
  answer: string | null;
  source: string;
  supporters: number;
  focus_areas: string[];
  version: number;
}
export type Report = Feature<Point | null, ReportProperties> & { id: string };

export interface HistoryEntry {
  version: number;
  at: string;
  actor: string;
  kind: string;
  facts: Record<string, unknown> | null;
}

export interface ReportDetail extends ReportProperties {
  similar: { id: string; category: Category; status: Status; distance_m?: number }[];
  history: HistoryEntry[];
  /** Where the status may go from here, and which reasons each step may have (none: none needed). */
  transitions: { status: Status; reasons: CloseReason[] }[];
}
export type DetailFeature = Feature<Point | null, ReportDetail> & { id: string };

export interface ReportPage extends FeatureCollection<Point | null, ReportProperties> {
  features: Report[];
  total: number;
  version: number;
  next: string | null;
}
