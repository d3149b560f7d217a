/** Labels of filter values, for chips and sentences. */
import type { Bilingual, ReportFeature } from '../api/types';
import * as format from '../i18n/format';
import { codes, label, type Category } from '../i18n/codes';
import { locale } from '../i18n/locale.svelte';
import { words } from './words';
import type { ListKey } from './filters';

/** A text that the kommun keeps in both languages. */
export const inLanguage = (text: Bilingual): string => text[locale.lang];

/** When it happened, as exactly as it was told. */
export function happened({ occurred_at, occurred_on, time_band }: ReportFeature['properties']): string | null {
  if (occurred_at) return format.dateTime(occurred_at);
  return occurred_on ? [format.date(occurred_on), time_band ? codes.t.time_band[time_band] : null].filter(Boolean).join(', ') : null;
}

/** A category inside a sentence: in quotation marks, since it is what somebody chose to say. */
export function looseLabel(category: Category): string {
  const text = codes.t.category[category];
  const said = text.charAt(0).toLowerCase() + text.slice(1);
  return locale.lang === 'sv' ? `”${said}”` : `“${said}”`;
}

export function valueLabel(key: ListKey, value: string, areaTitle: (id: string) => string): string {
  const w = words.t;
  const capital = (text: string | undefined) => (text ? text.charAt(0).toUpperCase() + text.slice(1) : value);
  switch (key) {
    case 'focus_area':
      return areaTitle(value);
    case 'hour':
      return w.hour_of(Number(value));
    case 'weekday':
      return capital(w.weekday[Number(value) - 1]);
    case 'month':
      return capital(w.month[Number(value) - 1]);
    case 'source':
      return w.source[value] ?? value;
    default:
      return label(key, value);
  }
}
