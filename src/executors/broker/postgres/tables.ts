import type { PostgresNames } from './names.js';

/** A message up to that size stands in its row; larger ones, and none of them packed, beside it. */
const IN_ROW_BYTES = 8_000;

/** Besides those of BullMQ. */
export function createTables({ trials, results }: PostgresNames): string {
  return `
    CREATE TABLE ${trials} (trial integer PRIMARY KEY, notice text NOT NULL);
    CREATE TABLE ${results} (trial integer NOT NULL, kind text NOT NULL, bytes bytea NOT NULL)
      WITH (toast_tuple_target = ${IN_ROW_BYTES});
    ALTER TABLE ${results} ALTER COLUMN bytes SET STORAGE EXTERNAL`;
}

/** By number, what workers have to know of it. */
export const beginTrial = ({ trials }: PostgresNames) => `INSERT INTO ${trials} VALUES ($1, $2)`;
/** None of one that is over: it must not come to life again. */
export const tellTrialAgain = ({ trials }: PostgresNames) =>
  `UPDATE ${trials} SET notice = $2 WHERE trial = $1`;
export const readTrial = ({ trials }: PostgresNames) => `SELECT notice FROM ${trials} WHERE trial = $1`;
export const endTrial = ({ trials }: PostgresNames) => `DELETE FROM ${trials} WHERE trial = $1`;
export const dropResults = ({ results }: PostgresNames) => `DELETE FROM ${results} WHERE trial <= $1`;

/** One statement is one commit: there is a result, and its reader is woken, or neither. None of a trial that is over. */
export const writeResult = ({ trials, results, resultsChannel }: PostgresNames) => `
  WITH written AS (
    INSERT INTO ${results}
    SELECT $1::integer, $2::text, $3::bytea FROM ${trials} WHERE trial = $1::integer
    RETURNING trial
  )
  SELECT pg_notify('${resultsChannel}', '') FROM written`;

/** Read and forgotten at once. By no number: those are not committed in their order, and one that comes late would be missed. */
export const takeResults = ({ results }: PostgresNames) =>
  `DELETE FROM ${results} WHERE trial = $1 RETURNING kind, bytes`;

/** Room of what was taken is used again; the server would see to it once a minute. */
export const makeRoom = ({ results }: PostgresNames) => `VACUUM (TRUNCATE false) ${results}`;

/**
 * As BullMQ renews locks (extend_locks), for all jobs at hand whose lock is of this worker. A row that somebody else has is left
 * out, or two who hold some could wait for each other: its turn comes before its lock runs out.
 */
export const extendLocks = ({ schema }: PostgresNames) => `
  UPDATE ${schema}.job SET locked_until_ms = $3 WHERE queue = $1 AND id IN (
    SELECT id FROM ${schema}.job
    WHERE queue = $1 AND state = 'active' AND starts_with(lock_token, $2)
    FOR UPDATE SKIP LOCKED
  )`;
