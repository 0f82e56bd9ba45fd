import { UsageError } from '../errors.js';

/**
 * The base URL of a server.
 *
 * @param text as the user gave it, such as `http://localhost:3000/api`
 * @throws UsageError for all that is not one of http: or https:
 */
export function parseServerUrl(subject: string, text: string): URL {
  const remedy = 'Write for example http://localhost:3000 or https://staging.example.com.';
  const fail = (got: string) => {
    throw new UsageError(subject, 'an http: or https: URL', got, remedy);
  };
  if (!URL.canParse(text)) fail(text);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') fail(text);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      subject,
      'a URL without user and password',
      `one with them, of ${url.host}`,
      'Send them by --header "authorization: Basic …".',
    );
  if (url.search !== '' || url.hash !== '')
    throw new UsageError(
      subject,
      'a URL without query and fragment',
      text,
      'Put the query into --param path=…, or write the whole as --url ….',
    );
  return url;
}
