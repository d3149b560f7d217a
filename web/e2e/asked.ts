/** The server asked directly, with the planner's right: what the stories hold the pages to. */
import { expect, type APIRequestContext } from '@playwright/test';
import type { ReportDetailFeature, ReportPatch, Summary } from '../src/api/types';
import { OPERATOR_TOKEN } from './server';

export const RIGHT = { Authorization: `Bearer ${OPERATOR_TOKEN}` };

export async function api<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`/api/v1${path}`, { headers: RIGHT });
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

/** The report as the server holds it. */
export const stored = (request: APIRequestContext, id: string) => api<ReportDetailFeature>(request, `/reports/${id}`);

/** How many reports a kommun has, under filters such as `&light=dark`. */
export const counted = async (request: APIRequestContext, municipality: string, filters = '') => (await api<Summary>(request, `/summary?municipality=${municipality}${filters}`)).total;

export async function patch(request: APIRequestContext, id: string, body: ReportPatch): Promise<void> {
  const read = await request.get(`/api/v1/reports/${id}`, { headers: RIGHT });
  const answer = await request.patch(`/api/v1/reports/${id}`, { headers: { ...RIGHT, 'If-Match': read.headers()['etag'] ?? '' }, data: body });
  expect(answer.ok(), await answer.text()).toBe(true);
}
