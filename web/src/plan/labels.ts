/** Labels of filter values, for chips and sentences. */
import type { Bilingual } from '../api/types';
import { codes, label, type Category } from '../i18n/codes';
import { locale } from '../i18n/locale.svelte';
import { words } from './words';
import type { ListKey } from './filters';

export { codes } from '../i18n/codes';
export type { Group } from '../i18n/codes';

/** A text that the kommun keeps in both languages. */
export const inLanguage = (text: Bilingual): string => text[locale.lang];

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
