import type { BrowserContext, Page } from 'playwright-core';

/** What a page must never do, each in a line: a message, an error, something refused, a request to anybody. */
export type Complaints = readonly string[];

/** Collects from now on. @param mayAsk of which addresses: of a file its own alone */
export async function collectComplaints(page: Page, mayAsk: (url: string) => boolean): Promise<Complaints> {
  const complaints: string[] = [];
  page.on('console', message => complaints.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', error => complaints.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', request => {
    if (!mayAsk(withoutFragment(request.url()))) complaints.push(`request: ${request.url().slice(0, 200)}`);
  });
  await reportRefusals(page.context(), text => complaints.push(`refused: ${text}`));
  return complaints;
}

/** Each is told by the console too, unless the page has a way to keep it from there. */
async function reportRefusals(context: BrowserContext, report: (text: string) => void): Promise<void> {
  await context.exposeBinding('reportRefusal', (_source, text: string) => report(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { reportRefusal(text: string): void }).reportRefusal(
        `${violatedDirective} ${blockedURI}`,
      );
    });
  });
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/, '');
}
