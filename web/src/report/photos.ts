/** Photos of a report: made smaller on the telephone, sent with the receipt, taken away again. */
import { ask } from '../api/client';
import type { Photo } from '../api/types';

export const PHOTOS_MAX = 5;
/** Longest edge of what is sent; the server keeps no more. */
const EDGE = 1600;
const QUALITY = 0.85;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** How large a picture becomes inside a square, never larger than it is. */
export function within(width: number, height: number, edge: number): [number, number] {
  const by = Math.min(1, edge / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

/** A picture drawn anew: smaller, and with nothing of the file but what is seen. One that this browser cannot read is sent as it is, for the server to say. */
export async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return TYPES.includes(file.type) ? file : new Blob([file], { type: 'image/jpeg' });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = within(picture.width, picture.height, EDGE);
  const pen = canvas.getContext('2d');
  if (!pen) return file;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/jpeg', QUALITY));
}

const held = (receipt: string) => ({ 'Lykta-Receipt': receipt });

export const list = async (receipt: string) => (await ask<{ photos: Photo[] }>('/receipts/photos', { headers: held(receipt) })).data.photos;
export const send = async (receipt: string, id: string, file: Blob) => (await ask<Photo>(`/photos/${id}`, { method: 'PUT', file, headers: held(receipt) })).data;
export const remove = async (receipt: string, id: string) => void (await ask(`/photos/${id}`, { method: 'DELETE', headers: held(receipt) }));
