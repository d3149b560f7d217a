/** Swedish texts of photos: those of one's own report, and the moderator's. */
import type { PhotoState } from '../api/types';

export const photosSv = {
  title: 'Bilder',
  help: 'Högst fem, inom tre dygn. Fota platsen, inte människor eller bilar. Bara själva bilden sparas: plats, tid och annat som filen bär på tas bort. Ingen utanför kommunen och polisen ser den förrän den är granskad.',
  add: 'Lägg till bilder',
  photo: (n: number) => `Bild ${n}`,
  states: { waiting: 'Väntar på granskning', shown: 'Granskad, visas när rapporten visas', rejected: 'Granskad, visas inte för andra' } satisfies Record<PhotoState, string>,
  sending: 'Skickar …',
  sent: 'Bilden är skickad.',
  remove: 'Ta bort',
  removed: (n: number) => `Bild ${n} är borttagen.`,
  too_many: 'En rapport kan ha högst fem bilder.',
  late: 'Det har gått mer än tre dygn sedan rapporten. Skicka en ny rapport om platsen.',
  review: {
    title: 'Bilder',
    open: (n: number) => `Öppna bild ${n}`,
    states: { waiting: 'Ingen har granskat den', shown: 'Visas för alla när rapporten visas', rejected: 'Visas inte' } satisfies Record<PhotoState, string>,
    window: (n: number) => `Bild ${n}`,
    how: 'Dra över ansikten och skyltar som ingen ska se, eller lägg till en ruta och flytta den med piltangenterna. Med skift ändrar pilarna storleken, och Delete tar bort rutan. Det som döljs försvinner ur bilden för gott.',
    add: 'Lägg till en ruta',
    part: (n: number) => `Ruta ${n}`,
    show: 'Visa för alla',
    hide_and_show: (n: number) => (n === 1 ? 'Dölj rutan och visa för alla' : `Dölj ${n} rutor och visa för alla`),
    reject: 'Visa inte',
    wait: 'Ta tillbaka',
    done: (state: string) => `Klart. ${state}.`,
  },
};
export type PhotosTexts = typeof photosSv;
