/**
 * Short names for the shapes of the API. They are generated from docs/openapi.json, which the server writes; what is described
 * by hand here or elsewhere is only what the API does not know.
 */
import type { components, operations } from './schema.gen';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type Span = Schemas['Span'];

export type BasemapConfig = Schemas['BasemapConfig'];
export type Bilingual = Schemas['Bilingual'];
export type FocusAreas = Schemas['FocusAreas'];
export type Municipalities = Schemas['Municipalities'];
export type MunicipalityDetail = Schemas['MunicipalityDetail'];
export type MunicipalityDetailFeature = Schemas['MunicipalityDetailFeature'];
export type NamedPlace = Schemas['NamedPlace'];
export type Places = Schemas['Places'];
export type PublicHeatmap = Schemas['PublicHeatmap'];
export type Release = Schemas['Release'];
export type Releases = Schemas['Releases'];

export type FindingKind = Schemas['FindingKind'];
export type Moderation = Schemas['Moderation'];
export type ModerationQueue = Schemas['ModerationQueue'];
export type ModerationReason = Schemas['ModerationReason'];
export type PhotoState = 'waiting' | 'shown' | 'rejected';
export type Photo = Omit<Schemas['Photo'], 'state'> & { state: PhotoState };
export type QueuedReport = Schemas['QueuedReport'];

export type NewReport = Schemas['NewReport'];
export type ReceiptCode = Schemas['ReceiptCode'];
export type ReceiptView = Schemas['ReceiptView'];
export type ReportReceipt = Schemas['ReportReceipt'];

export type BandMap = Schemas['BandMap'];
export type ChangeMap = Schemas['ChangeMap'];
export type DensityMap = Schemas['DensityMap'];
export type HotspotMap = Schemas['HotspotMap'];
export type LiveHeatmap = Schemas['LiveHeatmap'];
export type ReportChange = Schemas['ReportChange'];
export type ReportDetailFeature = Schemas['ReportDetailFeature'];
export type ReportFeature = Schemas['ReportFeature'];
export type ReportPage = Schemas['ReportPage'];
export type ReportPatch = Schemas['ReportPatch'];
export type Statistic = Schemas['StatisticKind'];
export type Summary = Schemas['Summary'];

type CellColumns = Schemas['CellColumns'];

/** An answer of cells as `application/vnd.lykta.columns+json`: its own members, and what its features would say as lists of one length. */
type Columns<Of, Own extends keyof CellColumns> = Omit<Of, 'type' | 'features'> & { columns: Required<Pick<CellColumns, 'cell' | 'centre' | Own>> };

export type CountColumns = Columns<LiveHeatmap, 'count'>;
export type HotspotColumns = Columns<HotspotMap, 'count' | 'gi_star' | 'p' | 'q' | 'class'>;
export type ChangeColumns = Columns<ChangeMap, 'before' | 'after' | 'ratio' | 'low' | 'high' | 'p' | 'q'>;
export type DensityColumns = Columns<DensityMap, 'density'>;

type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

export type HeatmapQuery = Query<'get_heatmap'>;
export type PlacesQuery = Query<'search_places'>;
export type ReportsQuery = Query<'list_reports'>;
/** What narrows reports, wherever they are counted, drawn or listed. */
export type ReportFilters = Query<'get_summary'>;

/** A question as the page has it: what is not asked is `null`, and left out by `query` (by hand, since a URL has no `null`). */
export type Open<Q> = { [Name in keyof Q]: Q[Name] | null };
