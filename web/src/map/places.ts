/** The place names of a kommun, asked once per visit. Without them the map still works, only with fewer words. */
import { ask, query } from '../api/client';
import type { Places, PlacesQuery } from '../api/types';
import type { Place } from './geo';

const NO_PLACES: readonly Place[] = [];
const known = new Map<string, Promise<readonly Place[]>>();

export function placesOf(municipality: string): Promise<readonly Place[]> {
  let found = known.get(municipality);
  if (!found) {
    found = ask<Places>(`/places${query({ municipality, limit: 2000 } satisfies PlacesQuery)}`).then(
      ({ data }) => data.places,
      () => {
        known.delete(municipality);
        return NO_PLACES;
      },
    );
    known.set(municipality, found);
  }
  return found;
}
