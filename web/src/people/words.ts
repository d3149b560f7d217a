/** Words of log-in, account, roles and people in the language of the moment. */
import { accountEn } from '../i18n/account.en';
import { accountSv, type AccountTexts } from '../i18n/account.sv';
import { texts } from '../i18n/locale.svelte';
import { rolesEn } from '../i18n/roles.en';
import { rolesSv, type RolesTexts } from '../i18n/roles.sv';
import * as format from '../i18n/format';
import type { Act, RoleHere } from './types';

export const accountTexts = texts<AccountTexts>({ sv: accountSv, en: accountEn });
export const roleTexts = texts<RolesTexts>({ sv: rolesSv, en: rolesEn });

/** "se kartan, läsa rapporter och svara på dem"; an act that this page has no words for is left out. */
export function acts(list: readonly Act[]): string {
  const known: Record<string, string> = roleTexts.t.act;
  return format.list(list.map((act) => known[act]).filter((text) => text !== undefined));
}

/** "Planerare, Växjö kommun, till 31 december 2026". */
export const roleInWords = ({ role, party, until }: RoleHere): string => [roleTexts.t.role[role], party.name, until ? roleTexts.t.until(format.date(until)) : ''].filter(Boolean).join(', ');
