/** The hours of the week as a grid of seven days and 24 hours, and the rectangle in it that the filters choose. */
import type { Filters } from './filters';

/** Rows of days from Monday (0), columns of hours, both ends in. */
export interface Block {
  days: [number, number];
  hours: [number, number];
}

export const blockOf = (a: readonly [number, number], b: readonly [number, number]): Block => ({
  days: [Math.min(a[0], b[0]), Math.max(a[0], b[0])],
  hours: [Math.min(a[1], b[1]), Math.max(a[1], b[1])],
});

const span = ([from, to]: [number, number], plus: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => String(from + i + plus));

/** Whether the filters hold a cell; a filter that is not set holds all, and two that are not set choose nothing. */
export function isChosen({ lists }: Filters, day: number, hour: number): boolean {
  const { weekday, hour: hours } = lists;
  if (weekday.length === 0 && hours.length === 0) return false;
  return (weekday.length === 0 || weekday.includes(String(day + 1))) && (hours.length === 0 || hours.includes(String(hour)));
}

/** The filters with a block as their weekdays and hours; the whole of a week or a day is no filter, and the same block again lets go. */
export function withBlock(f: Filters, { days, hours }: Block): Filters {
  const weekday = days[1] - days[0] === 6 ? [] : span(days, 1);
  const hour = hours[1] - hours[0] === 23 ? [] : span(hours, 0);
  const same = weekday.join() === [...f.lists.weekday].sort().join() && hour.join() === [...f.lists.hour].sort((a, b) => Number(a) - Number(b)).join();
  return { ...f, lists: { ...f.lists, weekday: same ? [] : weekday, hour: same ? [] : hour } };
}
