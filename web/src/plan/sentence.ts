/** "214 rapporter från 131 personer om ljus och sikt, i mörker": the numbers said as one would say them aloud. */
import { codes, type Group } from '../i18n/codes';
import * as format from '../i18n/format';
import { looseCategories, wholeGroups, type Filters } from './filters';
import { looseLabel } from './labels';
import { words } from './words';

/** Hours as spans: 18,19,20 → 18–21; a span may pass midnight. */
export function hourSpans(hours: readonly number[]): [number, number][] {
  const on = new Set(hours);
  if (on.size === 0 || on.size >= 24) return on.size === 0 ? [] : [[0, 24]];
  const starts = [...on].filter((hour) => !on.has((hour + 23) % 24)).sort((a, b) => a - b);
  return starts.map((start) => {
    let end = start;
    while (on.has(end % 24)) end++;
    return [start, end > 24 ? end - 24 : end];
  });
}

export function hoursText(hours: readonly string[]): string {
  return format.list(hourSpans(hours.map(Number)).map(([from, to]) => words.t.clock(from, to)));
}

function period(f: Filters): string | null {
  const w = words.t.sentence;
  if (f.from && f.to) return w.between(format.date(f.from), format.date(f.to));
  if (f.from) return w.since(format.date(f.from));
  return f.to ? w.until(format.date(f.to)) : null;
}

function about(f: Filters): string | null {
  const groups = wholeGroups(f.lists.category).map((group: Group) => codes.t.group_short[group].toLowerCase());
  const loose = looseCategories(f.lists.category).map(looseLabel);
  return groups.length + loose.length > 0 ? words.t.sentence.about(format.list([...groups, ...loose])) : null;
}

/** What the filters narrow to, in words; empty without filters. */
export function narrowing(f: Filters, areaTitle: (id: string) => string): string {
  const w = words.t.sentence;
  const { lists } = f;
  const parts: (string | null)[] = [
    lists.feeling.length === 1 ? (lists.feeling[0] === 'safe' ? w.safe : w.unsafe) : null,
    about(f),
    lists.focus_area.length > 0 ? w.area(format.list(lists.focus_area.map(areaTitle))) : null,
    lists.light.length > 0 ? format.list(lists.light.map((code) => w.light[code] ?? code)) : null,
    lists.hour.length > 0 ? hoursText(lists.hour) : null,
    lists.weekday.length > 0 ? w.on(format.list(lists.weekday.map((day) => w.plural_day(words.t.weekday[Number(day) - 1] ?? day)))) : null,
    lists.month.length > 0 ? w.in(format.list(lists.month.map((month) => words.t.month[Number(month) - 1] ?? month))) : null,
    period(f),
  ];
  const rest = [lists.status, lists.time_band, lists.travel_mode, lists.perspective, lists.source].filter((list) => list.length > 0).length + (f.insecurityMin !== null ? 1 : 0) + (f.since !== null ? 1 : 0);
  const said = parts.filter((part) => part !== null);
  if (rest > 0) return [said.join(', '), w.more(rest)].filter(Boolean).join(' ').replace(/^(och|and) /, '$1 ');
  return said.join(', ');
}

/** Everything after the big number. */
export function sentence(total: number, reporters: number, f: Filters, areaTitle: (id: string) => string): string {
  const w = words.t.sentence;
  return [w.what(total), w.from, format.number(reporters), w.person(reporters), narrowing(f, areaTitle)].filter(Boolean).join(' ');
}
