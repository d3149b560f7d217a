/** What somebody may do and where, as `GET /session` tells it. What is not allowed is not offered; the server decides. */
import type { Act, Role, RoleHere, Session } from './types';

/** In one kommun. */
export function mayIn({ rights, everywhere }: Session, act: Act, municipality: string | null): boolean {
  return everywhere.includes(act) || rights.some((right) => right.municipality.code === municipality && right.acts.includes(act));
}

/** In any kommun, or in all. */
export function mayAnywhere({ rights, everywhere }: Session, act: Act): boolean {
  return everywhere.includes(act) || rights.some(({ acts }) => acts.includes(act));
}

/** A role for a party, and the kommuner it is held in: none are named where it is held in all. */
export interface Held extends RoleHere {
  municipalities: { code: string; name: string }[];
}

/** The roles of somebody, each once with its kommuner, instead of once in every kommun. */
export function held({ rights }: Session): Held[] {
  const found = new Map<string, Held>();
  for (const { municipality, roles } of rights) {
    for (const one of roles) {
      const key = [one.role, one.party.id, one.until].join(' ');
      const same = found.get(key);
      if (!same) found.set(key, { ...one, municipalities: one.party.kind === 'host' ? [] : [municipality] });
      else if (one.party.kind !== 'host') same.municipalities.push(municipality);
    }
  }
  return [...found.values()];
}

/** What may be done, with the kommuner where just that may be done. */
export interface Allowed {
  acts: Act[];
  /** `null`: in every kommun. */
  municipalities: string[] | null;
}

/** The acts by kommun, those of kommuner where the same may be done together; what may be done everywhere is said once. */
export function allowed({ rights, everywhere }: Session): Allowed[] {
  const found = new Map<string, { acts: Act[]; municipalities: string[] }>();
  for (const { municipality, acts } of rights) {
    const own = acts.filter((act) => !everywhere.includes(act));
    if (own.length === 0) continue;
    const same = found.get(own.join());
    if (same) same.municipalities.push(municipality.name);
    else found.set(own.join(), { acts: own, municipalities: [municipality.name] });
  }
  return [...(everywhere.length > 0 ? [{ acts: everywhere, municipalities: null }] : []), ...found.values()];
}

/** The roles by their weight in the work, as forms and lists order them. */
export const ROLES: readonly Role[] = ['coordinator', 'planner', 'walk_leader', 'kommunpolis', 'handler', 'moderator', 'guest', 'administrator'];
