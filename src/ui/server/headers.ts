import { sourcesOf } from '../../report/html/policy.js';
import { pageScript } from '../../report/html/script.js';
import { STYLE } from '../../report/html/style.js';

/** The page, and what its policy has to allow. */
export interface PageDocument {
  readonly html: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** Of every answer. A report of the gallery is opened as a `blob:`, which has the policy of the page that made it. */
export function securityHeaders({ styles, scripts }: PageDocument): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    `script-src ${sourcesOf([...scripts, pageScript()])}`,
    `style-src ${sourcesOf([...styles, STYLE])}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
