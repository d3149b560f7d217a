/** English texts of photos. */
import type { PhotosTexts } from './photos.sv';

export const photosEn: PhotosTexts = {
  title: 'Photos',
  help: 'Five at most, within three days. Show the place, not people or cars. Only the picture is kept: place, time and what else the file holds are removed. Nobody outside the kommun and the police sees it before it is reviewed.',
  add: 'Add photos',
  photo: (n: number) => `Photo ${n}`,
  states: { waiting: 'Waits for review', shown: 'Reviewed, shown when the report is shown', rejected: 'Reviewed, not shown to others' },
  sending: 'Sending …',
  sent: 'The photo is sent.',
  remove: 'Remove',
  removed: (n: number) => `Photo ${n} is removed.`,
  too_many: 'A report has five photos at most.',
  late: 'It is more than three days since the report. Send a new report of the place.',
  review: {
    title: 'Photos',
    open: (n: number) => `Open photo ${n}`,
    states: { waiting: 'Nobody has reviewed it', shown: 'Everybody sees it when the report is shown', rejected: 'Not shown' },
    window: (n: number) => `Photo ${n}`,
    how: 'Draw over faces and plates that nobody is to see, or add a box and move it with the arrow keys. With shift the arrows change its size, and Delete removes it. What is hidden is gone from the picture for good.',
    add: 'Add a box',
    part: (n: number) => `Box ${n}`,
    show: 'Show to everybody',
    hide_and_show: (n: number) => (n === 1 ? 'Hide the box and show to everybody' : `Hide ${n} boxes and show to everybody`),
    reject: 'Do not show',
    wait: 'Take back',
    done: (state: string) => `Done. ${state}.`,
  },
};
