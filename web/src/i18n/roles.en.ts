/** English words for roles, kinds of party, and what a role lets one do. */
import type { RolesTexts } from './roles.sv';

export const rolesEn = {
  role: {
    coordinator: 'Safety coordinator',
    planner: 'Planner',
    walk_leader: 'Walk leader',
    kommunpolis: 'Municipal police officer',
    handler: 'Case handler',
    moderator: 'Moderator',
    guest: 'Guest',
    administrator: 'Administrator',
  },
  role_help: {
    coordinator: 'Leads the work in the municipality and answers reports.',
    planner: 'Reads the map and the reports, and answers them.',
    walk_leader: 'Prepares and leads safety walks.',
    kommunpolis: 'The part of the police in the cooperation.',
    handler: 'Works through the list of a department.',
    moderator: 'Reviews what is to become public.',
    guest: 'Invited for a time. Sees the map only.',
    administrator: 'Looks after parties and people. Sees no reports.',
  },
  kind: {
    host: 'Runs Lykta',
    police_district: 'Local police area',
    municipality: 'Municipality',
    administration: 'Department or board',
    company: 'Municipal company',
    housing_company: 'Housing company or property owner',
    association: 'Association',
    trader: 'Shop or other business',
    state_agency: 'State agency or region',
  },
  act: {
    see_live: 'see the map and the numbers',
    read_reports: 'read reports',
    export: 'take reports out as files',
    handle_reports: 'answer reports and change their status',
    classify: 'decide who may read a report',
    moderate: 'review what becomes public',
    merge_places: 'say which reports are of one place',
    manage_people: 'look after parties and people',
    audit: 'see who has looked at which reports',
  },
  until: (day: string) => `until ${day}`,
  everywhere: 'all municipalities',
} satisfies RolesTexts;
