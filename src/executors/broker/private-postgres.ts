/** Of one that the run has started for itself: it has one user, who may enter its folder, and one database. */
export const PRIVATE = { user: 'postgres', database: 'postgres', port: 5432 } as const;

/** As PostgreSQL and its clients call it, by a number that is no port. */
export function socketName(port: number): string {
  return `.s.PGSQL.${port}`;
}
