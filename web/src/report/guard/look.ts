/** The whole guard, with its lists: fetched when somebody is about to write. */
import type { Span } from '../../api/types';
import type { Seen } from '.';
import { groupsOf, overlaps, personalNumber } from './digits';
import { emails, type Range } from './email';
import { fold } from './fold';
import { people } from './people';
import { phoneNumber } from './phone';

export function look(original: string): Seen {
  const folded = fold(original);
  const { text, at } = folded;
  const span = (kind: Span['kind']) => ([start, end]: Range): Span => ({ start: at[start] ?? 0, end: (at[end - 1] ?? 0) + 1, kind });
  const addresses = emails(text);
  const personal: Range[] = [];
  const phones: Range[] = [];

  const groups = groupsOf(text).filter((group) => !overlaps(addresses, group.start, group.end));
  for (let i = 0; i < groups.length; ) {
    const group = groups[i];
    const used = personalNumber(text, groups, i);
    const last = groups[i + used - 1];
    if (group && last && used > 0) {
      personal.push([group.start, last.end]);
      i += used;
      continue;
    }
    const phone = phoneNumber(text, groups, i);
    if (phone) phones.push([phone.start, phone.end]);
    i += phone?.count ?? 1;
  }
  const { plates, names, suspicions } = people(folded, [...addresses, ...personal, ...phones], personal);
  const found = [
    ...addresses.map(span('email')),
    ...personal.map(span('personal_number')),
    ...phones.map(span('phone')),
    ...plates.map(span('registration_plate')),
    ...names.map(span('person_name')),
  ];
  return { personal: found.sort((a, b) => a.start - b.start), suspicions: suspicions.map(span('suspicion')) };
}
