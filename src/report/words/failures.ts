import type { FailureCause, FailureMessage } from '../../schema/index.js';
import { uncloneableText } from '../../uncloneable-text.js';

type CauseOf<Code extends FailureCause['code']> = Extract<FailureCause, { readonly code: Code }>;
type CauseTexts = { readonly [Code in FailureCause['code']]: (cause: CauseOf<Code>) => string };

/** Why a task failed: what was thrown, or a sentence without a full stop. */
export function failureText(message: FailureMessage): string {
  return typeof message === 'string'
    ? message
    : (TEXTS[message.code] as (cause: FailureCause) => string)(message);
}

/** OpenSSL's and Node's codes for a certificate that one may trust oneself. */
const UNKNOWN_AUTHORITY = /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;

const TEXTS: CauseTexts = {
  timeout: ({ limitMs }) => `took longer than its limit of ${limitMs} ms`,
  stalled: () => 'each worker that had it was lost, or gave no sign of life for as long as a lock holds',
  uncloneable: uncloneableText,
  redirect: ({ status, location }) =>
    `${status}${location === null ? '' : ` to ${location}`}: redirects are not followed`,
  certificate: ({ errorCode, message }) =>
    UNKNOWN_AUTHORITY.test(errorCode)
      ? `${message} (trust its certificate or its authority by --ca FILE.pem)`
      : message,
  'resolved-elsewhere': ({ host, now, before }) =>
    `${host} resolves to ${now.join(', ')}, and did to ${before.join(', ')} at the start`,
};
