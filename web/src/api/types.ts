/** The shapes of docs/api.md as the browser sees them. Codes are the keys of the code catalogue. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import type { Category, Feeling, Group, Light, Perspective, PublicationClass, Status, TimeBand, TravelMode } from '../i18n/codes';

export interface Span {
  start: number;
  end: number;
  kind: 'email' | 'phone' | 'personal_number';
}

export interface FieldError {
  pointer: string;
  code: string;
  message: string;
  spans?: Span[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  errors: FieldError[];
  municipality?: { code: string; name: string; fault_report_url: string | null };
}

export interface MunicipalityProperties {
  code: string;
  name: string;
  active: boolean;
  uncertainty_m: number;
  fault_report_url: string | null;
  /** Whether its reports are example data. */
  demo: boolean;
  center: [number, number];
  bbox: [number, number, number, number];
}
export type Municipalities = FeatureCollection<MultiPolygon | Polygon, MunicipalityProperties>;

export interface Agreement {
  id: string;
  title: string;
  kind: string;
  dnr: string | null;
  valid_from: string | null;
  valid_to: string | null;
  state: string;
  expired: boolean;
  parties: { name: string; kind: string }[];
  signers: string[];
  purposes: string[];
  pledges: { id: string; text: string; promisor: string; focus_area: string | null }[];
}

export interface MunicipalityDetail extends MunicipalityProperties {
  contacts: { controller: string | null; controller_contact: string | null; dpo_contact: string | null };
  epsg: number;
  agreements: Agreement[];
}
export type MunicipalityFeature = Feature<MultiPolygon | Polygon, MunicipalityDetail>;

export interface FocusAreaProperties {
  title: string;
  kind: 'place' | 'theme';
  description: string | null;
  categories: Category[];
  agreement: string;
  expired: boolean;
  position: number;
}
export type FocusAreas = FeatureCollection<MultiPolygon | Polygon | null, FocusAreaProperties>;

export interface Place {
  name: string;
  kind: string;
  municipality: { code: string; name: string; active: boolean };
  location: Point;
}
export interface Places {
  places: Place[];
  source: string | null;
}

/** The body of `POST /reports`. */
export interface NewReport {
  id: string;
  location?: Point;
  place_text?: string;
  municipality?: string;
  accuracy_m?: number;
  feeling: Feeling;
  category: Category;
  insecurity?: number;
  risk?: number;
  travel_mode?: TravelMode;
  occurred_at?: string;
  occurred_on?: string;
  time_band?: TimeBand;
  perspectives?: Perspective[];
  avoids?: 'no' | 'sometimes' | 'often';
  note?: string;
  reporter?: string;
}

export interface FocusAreaLink {
  id: string;
  title: string;
}

export interface Similar {
  id: string;
  category: Category;
  status: Status;
  distance_m?: number;
}

export interface ReportReceipt {
  id: string;
  reference: string;
  receipt: string;
  municipality: { code: string; name: string; certain: boolean };
  focus_areas: FocusAreaLink[];
  light: Light;
  published: Polygon | null;
  status: Status;
  similar: Similar[];
}

export interface ReceiptView {
  reference: string;
  municipality: { code: string; name: string };
  received_at: string;
  category: Category;
  group: Group;
  feeling: Feeling;
  status: Status;
  answers: { at: string; text: string; status: Status }[];
  public: { class: PublicationClass; area: Polygon | null };
  focus_areas: FocusAreaLink[];
}
