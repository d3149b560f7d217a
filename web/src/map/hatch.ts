/** The hatching of suppressed cells: drawn here, so that no picture file has to agree with the palette. */
import type { Map } from 'maplibre-gl';

export const HATCH = 'hatch';
const SIZE = 12;

/** Slanting lines that join up when the tile repeats. */
function drawHatch(color: string): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.strokeStyle = color;
  pen.lineWidth = 1.6;
  for (const shift of [-SIZE, 0, SIZE]) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIZE + 2);
    pen.lineTo(shift + SIZE + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, SIZE, SIZE);
}

export function putHatch(map: Map, color: string): void {
  const image = drawHatch(color);
  if (!image) return;
  if (map.hasImage(HATCH)) map.updateImage(HATCH, image);
  else map.addImage(HATCH, image, { pixelRatio: 2 });
}
