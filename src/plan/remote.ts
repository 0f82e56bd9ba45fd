import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf, UsageError } from '../errors.js';
import type { ExecutorVariant, Scenario } from '../schema/index.js';
import type { RemoteRules } from '../settings/settings.js';
import type { Wording } from '../settings/wording.js';
import type { RemoteRequest } from '../workloads/workload.js';
import type { ScenarioDraft } from './draft.js';
import { fileOf } from './user-module.js';

export interface RemoteSetting {
  readonly rules: RemoteRules;
  readonly wording: Wording;
}

/**
 * The scenario with what it sends to other machines and the limits of that, if it sends anything there: this is where it
 * is allowed or refused, whoever has written the URL.
 *
 * @throws UsageError for a host that was not allowed, or a load that its limits do not allow
 */
export function withRemote(scenario: Scenario, draft: ScenarioDraft, setting: RemoteSetting): Scenario {
  const all = scenario.executors.flatMap(variant => requestsOf(variant, scenario, draft));
  const requests = [...new Map(all.map(one => [`${one.method} ${one.url}`, one])).values()];
  if (requests.length === 0) return scenario;
  const { perSecond, total } = setting.rules;
  for (const { url } of requests) requireAllowed(new URL(url).hostname, setting);
  requireRate(scenario, setting);
  requireTurns(scenario, setting);
  requireCountable(scenario, setting);
  return { ...scenario, remote: { requests, perSecond, total } };
}

function requestsOf(
  { alternative, params, workload }: ExecutorVariant,
  scenario: Scenario,
  draft: ScenarioDraft,
): readonly RemoteRequest[] {
  const version = draft.versions.find(({ moduleUrl }) => moduleUrl === workload?.moduleUrl);
  const given = { ...(alternative?.params ?? scenario.params), ...params };
  return (version ?? draft).workload.remote?.(given) ?? [];
}

function requireAllowed(host: string, { rules: { allowed }, wording }: RemoteSetting): void {
  if (allowed.includes(host)) return;
  const got = `${host}, which is another machine or may become one`;
  const remedy = `If its owner agrees to the load, add --allow-remote ${host} (allowRemote of the library; nothing else can allow it).`;
  const expected =
    allowed.length === 0 ? 'localhost, 127.x.x.x or [::1]' : `loopback or ${allowed.join(', ')}`;
  throw new UsageError(`${wording.subject('allowRemote')}: the URL of a request`, expected, got, remedy);
}

function requireRate({ id, load }: Scenario, { rules: { perSecond: most }, wording }: RemoteSetting): void {
  if (load.kind !== 'rate' || most === null || load.perSecond <= most) return;
  throw new UsageError(
    `scenario ${id}`,
    `at most ${most} requests a second to another machine (${wording.subject('remoteRate')})`,
    `${load.perSecond}`,
    'Ask for a lower rate, or raise the limit where the server is yours.',
  );
}

/** What waits for its turn longer than a task may take would only time out. */
function requireTurns(
  { id, load, inFlight, taskTimeoutMs }: Scenario,
  { rules: { perSecond }, wording }: RemoteSetting,
): void {
  if (load.kind === 'rate' || perSecond === null || (inFlight / perSecond) * 1_000 < taskTimeoutMs) return;
  throw new UsageError(
    `scenario ${id}`,
    `fewer in flight than go out within the time limit of a task, at ${perSecond} a second (${wording.subject('remoteRate')})`,
    `${inFlight}`,
    'Ask for fewer in flight, or for a longer task time-out.',
  );
}

/** Without a rate nobody knows beforehand how many a trial by time sends. */
function requireCountable({ id, load }: Scenario, { rules, wording }: RemoteSetting): void {
  if (load.kind !== 'duration' || rules.perSecond !== null || rules.total === null) return;
  throw new UsageError(
    `scenario ${id}`,
    `a limit of requests a second where a trial has a duration and requests have a total of ${rules.total}`,
    'none',
    `Leave out ${wording.subject('remoteRate')}, or lift the total as well.`,
  );
}

/**
 * Absolute path of the certificates to trust.
 *
 * @throws UsageError for a file that has none
 */
export function checkedCaFile(given: string, baseDir: string, subject: string): string {
  const file = fileOf(given, baseDir);
  const fail = (got: string): never => {
    const remedy = 'It begins with -----BEGIN CERTIFICATE-----.';
    throw new UsageError(subject, 'a file with certificates in PEM', got, remedy);
  };
  try {
    new X509Certificate(readFileSync(file));
  } catch (error) {
    fail(`${given}: ${messageOf(error)}`);
  }
  return file;
}
