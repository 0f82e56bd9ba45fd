/**
 * Makes a thumbnail of a photograph, bilinear, in plain JavaScript; a native library is called the same way.
 *
 *     npm run threads-vs-loop -- tune ./examples/resize-image.mjs
 */
const FROM = { width: 800, height: 600 };
const TO = { width: 320, height: 240 };
const CHANNELS = 4;

const photograph = Uint8ClampedArray.from(
  { length: FROM.width * FROM.height * CHANNELS },
  (_, at) => (at * 7 + (at >> 9)) % 256,
);

export async function task(index) {
  return checksum(resize(photograph, index % 16));
}

function resize(pixels, shift) {
  const small = new Uint8ClampedArray(TO.width * TO.height * CHANNELS);
  const [stepX, stepY] = [(FROM.width - 1) / TO.width, (FROM.height - 1) / TO.height];
  for (let y = 0; y < TO.height; y++) {
    const top = Math.floor(y * stepY);
    const down = y * stepY - top;
    for (let x = 0; x < TO.width; x++) {
      const left = Math.floor(x * stepX);
      const right = x * stepX - left;
      const at = (top * FROM.width + left) * CHANNELS;
      const below = at + FROM.width * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel++) {
        const upper = pixels[at + channel] * (1 - right) + pixels[at + CHANNELS + channel] * right;
        const lower = pixels[below + channel] * (1 - right) + pixels[below + CHANNELS + channel] * right;
        small[(y * TO.width + x) * CHANNELS + channel] = upper * (1 - down) + lower * down + shift;
      }
    }
  }
  return small;
}

function checksum(pixels) {
  let sum = 0;
  for (const value of pixels) sum = (sum * 31 + value) | 0;
  return sum;
}
