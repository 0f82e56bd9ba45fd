import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian has it; the variable is set by .ci/browser, which installs it where it is missing. */
const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** @throws Error where there is no Chromium; it says how to get one */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(PATH))
    throw new Error(
      `Expected Chromium at ${PATH}, got nothing there. Run npm run test:browser, which installs it with apt-get, or set CHROMIUM to its path.`,
    );
  // As root its sandbox refuses to start.
  return chromium.launch({ executablePath: PATH, chromiumSandbox: process.getuid?.() !== 0 });
}
