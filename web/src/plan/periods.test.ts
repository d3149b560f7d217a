/** Spans of days hold no day too many and none too few, over month ends, leap years and turns of the year. */
import { describe, expect, it } from 'vitest';
import { beforeOf, daysIn, latest, previous, stepOf, stepsOver, yearBefore } from './periods';

const span = (from: string, to: string) => ({ from, to });

describe('the period before', () => {
  it.each([
    [span('2026-03-01', '2026-03-31'), span('2026-02-01', '2026-02-28')],
    [span('2026-01-01', '2026-03-31'), span('2025-10-01', '2025-12-31')],
    [span('2026-03-02', '2026-03-31'), span('2026-01-31', '2026-03-01')],
    [span('2026-11-23', '2026-11-23'), span('2026-11-22', '2026-11-22')],
  ])('of %o ends the day before, and is as long', (now, before) => {
    expect(previous(now)).toEqual(before);
    expect(beforeOf(now, 'previous')).toEqual(before);
  });

  it.each([
    [span('2024-02-01', '2024-02-29'), span('2023-02-01', '2023-02-28')],
    [span('2025-02-01', '2025-02-28'), span('2024-02-01', '2024-02-29')],
    [span('2026-03-05', '2026-04-04'), span('2025-03-05', '2025-04-04')],
  ])('of %o, a year ago, is of the same days', (now, before) => expect(yearBefore(now)).toEqual(before));

  it('may be days of one’s own', () => expect(beforeOf(span('2026-01-01', '2026-01-31'), span('2019-01-01', '2019-01-31'))).toEqual(span('2019-01-01', '2019-01-31')));

  it('to begin with is of the latest year, or half of a shorter time', () => {
    const months = (n: number) => Array.from({ length: n }, (_, i) => new Date(Date.UTC(2024, i, 1)).toISOString().slice(0, 7));
    expect(latest(months(30))).toEqual(span('2025-07-01', '2026-06-30'));
    expect(latest(months(5))).toEqual(span('2024-04-01', '2024-05-31'));
    expect(latest(['2024-01'])).toEqual(span('2024-01-01', '2024-01-31'));
    expect(latest([])).toBeNull();
  });
});

describe('the steps of a slider', () => {
  it.each([['week', 7], ['month', null], ['quarter', null], ['year', null]] as const)('of a %s follow each other without a gap and cover the months', (step, length) => {
    const steps = stepsOver(step, '2024-02', '2026-11');
    expect((steps[0]?.from ?? '') <= '2024-02-01' && (steps.at(-1)?.to ?? '') >= '2026-11-30').toBe(true);
    steps.forEach((one, i) => {
      if (i > 0) expect(daysIn({ from: steps[i - 1]?.to ?? '', to: one.from })).toBe(2);
      if (length) expect(daysIn(one)).toBe(length);
      expect(stepOf(one)).toBe(step);
    });
  });

  it('begin weeks on Mondays, and quarters and years with the calendar', () => {
    expect(stepsOver('week', '2026-11', '2026-11')[0]).toEqual(span('2026-10-26', '2026-11-01'));
    expect(stepsOver('quarter', '2026-02', '2026-11')[0]).toEqual(span('2026-01-01', '2026-03-31'));
    expect(stepsOver('year', '2025-05', '2026-11')).toEqual([span('2025-01-01', '2025-12-31'), span('2026-01-01', '2026-12-31')]);
    expect(stepOf(span('2026-01-05', '2026-02-09'))).toBeNull();
  });
});
