/** The words of parties and people in the language of the moment. */
import { texts } from '../i18n/locale.svelte';
import { peopleEn } from '../i18n/people.en';
import { peopleSv, type PeopleTexts } from '../i18n/people.sv';

export const words = texts<PeopleTexts>({ sv: peopleSv, en: peopleEn });
