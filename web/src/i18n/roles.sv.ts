/** Swedish words for roles, kinds of party, and what a role lets one do. This file is the type. */
import type { Act, PartyKind, Role } from '../people/types';

export const rolesSv = {
  role: {
    coordinator: 'Säkerhetssamordnare',
    planner: 'Planerare',
    walk_leader: 'Vandringsledare',
    kommunpolis: 'Kommunpolis',
    handler: 'Handläggare',
    moderator: 'Moderator',
    guest: 'Gäst',
    administrator: 'Administratör',
  } satisfies Record<Role, string>,
  role_help: {
    coordinator: 'Leder arbetet i kommunen och svarar på rapporter.',
    planner: 'Läser kartan och rapporterna och svarar på dem.',
    walk_leader: 'Förbereder och leder trygghetsvandringar.',
    kommunpolis: 'Polisens del i samverkan.',
    handler: 'Arbetar av sin avdelnings lista.',
    moderator: 'Granskar det som ska bli offentligt.',
    guest: 'Inbjuden för en tid. Ser bara kartan.',
    administrator: 'Sköter parter och personer. Ser inga rapporter.',
  } satisfies Record<Role, string>,
  kind: {
    host: 'Driver Lykta',
    police_district: 'Lokalpolisområde',
    municipality: 'Kommun',
    administration: 'Förvaltning eller nämnd',
    company: 'Kommunalt bolag',
    housing_company: 'Bostadsbolag eller fastighetsägare',
    association: 'Förening',
    trader: 'Butik eller annat företag',
    state_agency: 'Statlig myndighet eller region',
  } satisfies Record<PartyKind, string>,
  act: {
    see_live: 'se kartan och siffrorna',
    read_reports: 'läsa rapporter',
    export: 'hämta ut rapporter som filer',
    handle_reports: 'svara på rapporter och ändra deras status',
    classify: 'bestämma vem som får läsa en rapport',
    moderate: 'granska vad som blir offentligt',
    merge_places: 'säga vilka rapporter som gäller samma plats',
    manage_people: 'sköta parter och personer',
    audit: 'se vem som har sett vilka rapporter',
  } satisfies Record<Act, string>,
  until: (day: string) => `till och med ${day}`,
  everywhere: 'alla kommuner',
};
export type RolesTexts = typeof rolesSv;
