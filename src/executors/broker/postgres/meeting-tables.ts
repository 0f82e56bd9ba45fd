/** For all runs and workers of a database. Its table holds a few rows, all of which run out, and is worth no log. */
const SCHEMA = 'threads_vs_loop';
const KEPT = `${SCHEMA}.kept`;
const until = (ms: string) => `clock_timestamp() + ${ms}::integer * interval '1 ms'`;

/** By one of those who come at once: two who make it fail. */
export const makeMeetingPlace = `
  SELECT pg_advisory_xact_lock(hashtext('${SCHEMA}'));
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE UNLOGGED TABLE IF NOT EXISTS ${KEPT} (
    name text PRIMARY KEY, text text NOT NULL, until timestamptz NOT NULL
  )`;

export const keep = `
  INSERT INTO ${KEPT} VALUES ($1, $2, ${until('$3')})
  ON CONFLICT (name) DO UPDATE SET text = excluded.text, until = excluded.until`;
export const isKept = `SELECT FROM ${KEPT} WHERE name = $1 AND until > clock_timestamp()`;
/** And what has run out. */
export const drop = `DELETE FROM ${KEPT} WHERE name = $1 OR until < clock_timestamp()`;
export const announcedIn = `
  SELECT name, text FROM ${KEPT}
  WHERE starts_with(name, $1) AND until > clock_timestamp() ORDER BY random() LIMIT $2`;

/** A text that is too long for a notification: its name goes in its place. */
export const sayKept = `
  WITH kept AS (INSERT INTO ${KEPT} VALUES ($1, $2, ${until('$3')}) RETURNING name)
  SELECT pg_notify($4, name) FROM kept`;
export const takeKept = `DELETE FROM ${KEPT} WHERE name = $1 RETURNING text`;
