/** `tune-dark-375.png`. */
export function fileNameOf(page: string, theme: string, width: number): string {
  return `${page.replaceAll(/[^\w.]+/g, '-')}-${theme}-${width}.png`;
}

export function sizeOfPng(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
