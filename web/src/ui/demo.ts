/** Whether everything this server holds is example data. */
import { ask } from '../api/client';
import type { Municipalities } from '../api/types';

export async function onlyDemo(): Promise<boolean> {
  try {
    const { features } = (await ask<Municipalities>('/municipalities?active=true')).data;
    return features.length > 0 && features.every(({ properties }) => properties.demo);
  } catch {
    return false; // only the banner is missing then
  }
}
